import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from './button.tsx';

/** How long a message stays, in milliseconds: long enough to be read twice. */
const stay = 6_000;

interface Toast {
  readonly key: number;
  readonly text: string;
}

let toasts: readonly Toast[] = [];
let nextKey = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(key: number): void {
  publish(toasts.filter((other) => other.key !== key));
}

/** Tells the person something that needs no answer. Never the only place where an error is shown. */
export function toast(text: string): void {
  const key = nextKey++;
  publish([...toasts.filter((other) => other.text !== text), { key, text }].slice(-3));
  setTimeout(() => dismiss(key), stay);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear; once per page. The live region stands there from the start, or screen readers stay silent. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <output
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-60 grid justify-items-center gap-2 sm:inset-x-auto sm:right-6 sm:bottom-6"
    >
      {shown.map(({ key, text }) => (
        <div
          key={key}
          className="pointer-events-auto flex w-full animate-appear items-center gap-3 rounded-control bg-ink py-1.5 pr-1.5 pl-4 text-[0.9375rem] text-ground shadow-raised sm:w-auto sm:max-w-md"
        >
          <p className="grow">{text}</p>
          <IconButton label="Dismiss" onPress={() => dismiss(key)} className="text-ground hover:text-ink">
            <X size={18} aria-hidden />
          </IconButton>
        </div>
      ))}
    </output>
  );
}
