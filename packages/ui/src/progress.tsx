import { useEffect, useState } from 'react';

/** Says that something is still loading, but only after a second: a short wait needs no message. */
export function Progress({ label }: { readonly label: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <output className="grid min-h-40 place-items-center p-8 text-ink-soft">
      {isLate && (
        <p className="flex items-center gap-3">
          <span aria-hidden className="size-4 animate-turn rounded-full border-2 border-line border-t-accent" />
          {label}
        </p>
      )}
    </output>
  );
}
