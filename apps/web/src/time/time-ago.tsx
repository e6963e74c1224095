import { useSyncExternalStore } from 'react';
import { relativeTime } from './relative-time.ts';

const step = 30_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, step);
  return () => clearInterval(timer);
}

/** A moment (ISO 8601) in words that keep up with the clock. */
export function TimeAgo({ at }: { readonly at: string }) {
  const now = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / step) * step);
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {relativeTime(Date.parse(at), now)}
    </time>
  );
}
