import { lazy, useState, type ComponentType } from 'react';

/** A component whose code is loaded when it is first shown, or before by `preload`. */
export type Preloadable<Props> = ComponentType<Props> & { readonly preload: () => Promise<void> };

/**
 * As React's `lazy` (needs a `Suspense` around it), but shown at once where its code was loaded before: `lazy` alone
 * always shows the fallback first, and React keeps a fallback for 300 ms.
 */
export function preloadable<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): Preloadable<Props> {
  let loaded: ComponentType<Props> | null = null;
  const preload = async () => {
    loaded ??= await load();
  };
  const Later = lazy(async () => ({ default: (loaded ??= await load()) }));
  function Shown(props: Props) {
    const [Inner] = useState<ComponentType<Props>>(() => loaded ?? Later);
    return <Inner {...props} />;
  }
  return Object.assign(Shown, { preload });
}
