import { Spinner } from './spinner.tsx';
import { useLate } from './use-late.ts';

/** Says that something is still loading, but only after a second. */
export function Progress({ label }: { readonly label: string }) {
  const isLate = useLate();
  return (
    <output className="grid min-h-40 place-items-center p-8 text-ink-soft">
      {isLate && (
        <p className="flex items-center gap-3">
          <Spinner className="border-line border-t-accent" />
          {label}
        </p>
      )}
    </output>
  );
}
