import { useEffect, useState, type ReactNode } from 'react';
import { useUi } from './environment';
import './Skeleton.css';

/** Shows its children only when it has stood for a while (300 ms): what is fast needs no sign of waiting. */
export function Delayed({ ms = 300, children }: { readonly ms?: number; readonly children: ReactNode }) {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isDue ? children : null;
}

export interface SkeletonProps {
  /** `rows`: list rows; `text`: lines of text; `page`: a title, a bar and lines. */
  readonly shape?: 'rows' | 'text' | 'page';
  readonly count?: number;
}

/** The outline of what is about to come, after 300 ms. */
export function Skeleton({ shape = 'text', count = 3 }: SkeletonProps) {
  const { texts } = useUi();
  return (
    <Delayed>
      <div className="ui-skeleton" data-shape={shape} role="status" aria-label={texts.loading}>
        {shape === 'page' && <span className="ui-skeleton__bar" data-kind="title" />}
        {Array.from({ length: count }, (_, index) => (
          <span key={index} className="ui-skeleton__group">
            <span className="ui-skeleton__bar" />
            {shape === 'rows' && <span className="ui-skeleton__bar" data-kind="short" />}
          </span>
        ))}
      </div>
    </Delayed>
  );
}
