/** Tells when it is worth to try at once: the network came back, or the person looks at the page again. */
export type WakeSource = (wake: () => void) => () => void;

/** The browser's signals; in Node there are none. */
export const browserWake: WakeSource = (wake) => {
  if (typeof document === 'undefined') return () => undefined;
  const onVisible = () => {
    if (document.visibilityState === 'visible') wake();
  };
  globalThis.addEventListener('online', wake);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    globalThis.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', onVisible);
  };
};

/** Resolves after `ms` milliseconds, or earlier when `source` wakes it. */
export function waitOrWake(ms: number, source: WakeSource): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const unsubscribe = source(done);
  });
}
