import { classNames } from '@atrium/ui';
import { useEffect, useState } from 'react';
import type { Strength } from './estimate-strength.ts';

const fills = ['bg-danger', 'bg-danger', 'bg-warn', 'bg-accent', 'bg-accent'];

/** How long typing has to pause before it is said aloud, milliseconds. */
const quiet = 900;

/** A bar and words. Null while there is too little to judge. */
export function StrengthMeter({ strength }: { readonly strength: Strength | null }) {
  const words = strength === null ? '' : [strength.verdict, strength.hint].filter((part) => part !== null).join('. ');
  return (
    <div className="grid gap-1.5">
      <div aria-hidden className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classNames(
              'h-1.5 rounded-full transition-colors',
              strength !== null && step <= Math.max(1, strength.score) ? fills[strength.score] : 'bg-line',
            )}
          />
        ))}
      </div>
      <p aria-hidden className="min-h-6 text-sm text-ink-soft">
        {strength !== null && (
          <>
            <span className="font-semibold text-ink">{strength.verdict}</span>
            {strength.hint !== null && ` · ${strength.hint}`}
          </>
        )}
      </p>
      <output className="sr-only">{useSettled(words)}</output>
    </div>
  );
}

/** The text once it has not changed for a while: a screen reader is not interrupted by every letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quiet);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
