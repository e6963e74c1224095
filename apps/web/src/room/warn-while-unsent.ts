import type { Observable } from '@atrium/client';

/** The part of the window that is needed. */
export type ClosingTarget = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/**
 * Lets the browser ask before the tab is closed while something is not on the server yet, and only then: a page that
 * always listens could not be taken back from the browser's cache.
 * @returns ends it; what is unsent at that moment is still waited for.
 */
export function warnWhileUnsent(pending: Observable<number>, target: ClosingTarget): () => void {
  const ask = (event: Event) => event.preventDefault();
  let isLeaving = false;
  const update = () => {
    const isUnsent = pending.get() > 0;
    if (isUnsent) target.addEventListener('beforeunload', ask);
    else target.removeEventListener('beforeunload', ask);
    if (isLeaving && !isUnsent) unsubscribe();
  };
  const unsubscribe = pending.subscribe(update);
  update();
  return () => {
    isLeaving = true;
    update();
  };
}
