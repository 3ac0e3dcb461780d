import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorScreen } from './ErrorScreen';

interface Props {
  /** A new value gives the children another chance, e.g. after navigation. */
  readonly resetKey: string | number;
  readonly children: ReactNode;
}

/** Shows friendly words in the place of a screen that failed; the rest of the window goes on. */
export class ErrorBoundary extends Component<Props, { readonly failedAt: string | number | null }> {
  override state: { readonly failedAt: string | number | null } = { failedAt: null };

  static getDerivedStateFromError(): null {
    return null;
  }

  override componentDidCatch(_error: Error, _info: ErrorInfo): void {
    // React has reported it to the console, which main writes to the log.
    this.setState({ failedAt: this.props.resetKey });
  }

  override render(): ReactNode {
    return this.state.failedAt === this.props.resetKey ? <ErrorScreen /> : this.props.children;
  }
}
