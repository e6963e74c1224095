import { Button, TextField } from '@atrium/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';
import { useSettled } from './use-settled.ts';

/** Somebody or something that was found. */
export interface Found {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly more: string;
}

export interface FinderProps {
  /** "Person" */
  readonly label: string;
  /** What can be typed. */
  readonly hint: string;
  readonly chosen: Found | null;
  readonly onChange: (chosen: Found | null) => void;
  /** Names the kind of thing in the cache. */
  readonly kind: string;
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Found[]>;
}

const mostShown = 6;
const wholeId = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;

/** Looks for one thing by a part of its name, and keeps the one that is chosen. */
export function Finder({ label, chosen, onChange, ...search }: FinderProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const before = useRef(chosen);
  // Whichever of the two stood here before is gone, and the focus with it.
  useEffect(() => {
    if (before.current !== chosen) box.current?.querySelector<HTMLElement>('input, button')?.focus();
    before.current = chosen;
  }, [chosen]);
  return (
    <fieldset ref={box} aria-label={label} className="grid min-w-0 content-start gap-1.5">
      {chosen === null ? (
        <Search label={label} onChange={onChange} {...search} />
      ) : (
        <>
          <p className="text-sm font-semibold">{label}</p>
          <div className="flex min-h-12 items-center justify-between gap-3 rounded-control border border-line-strong bg-surface py-1 pr-1.5 pl-3.5">
            <FoundWords found={chosen} />
            <Button size="small" aria-label={`Another ${label.toLowerCase()}`} onPress={() => onChange(null)}>
              Change
            </Button>
          </div>
        </>
      )}
    </fieldset>
  );
}

function Search({ label, hint, kind, find, onChange }: Omit<FinderProps, 'chosen'>) {
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim());
  const found = useQuery({
    queryKey: ['admin', 'finder', kind, wanted],
    queryFn: ({ signal }) => find(wanted, signal),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  });
  const items = wanted === '' ? [] : (found.data ?? []).slice(0, mostShown);
  return (
    <>
      <TextField
        label={label}
        placeholder={hint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {items.length > 0 && (
        <ul
          aria-label={`${label}: found`}
          className="divide-y divide-line rounded-control border border-line bg-surface"
        >
          {items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                className="flex min-h-11 w-full cursor-pointer items-center px-3.5 py-1.5 text-left hover:bg-sunken"
                onClick={() => onChange(item)}
              >
                <FoundWords found={item} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <output className="text-sm text-ink-soft empty:hidden">
        {wanted !== '' && (found.isError ? errorSentence(found.error) : found.isSuccess && resultWords(found.data))}
      </output>
      {wholeId.test(wanted) && found.data?.length === 0 && (
        <Button
          size="small"
          className="justify-self-start"
          onPress={() =>
            onChange({ id: wanted.toLowerCase(), name: wanted.slice(0, 8), more: 'what has this id is gone' })
          }
        >
          Look for this id all the same
        </Button>
      )}
    </>
  );
}

function FoundWords({ found: { name, more } }: { readonly found: Found }) {
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <span className="font-semibold">{name}</span> <span className="text-sm text-ink-soft">{more}</span>
    </span>
  );
}

/** Says what is not shown. */
export function resultWords(found: readonly unknown[]): string {
  if (found.length === 0) return 'Nothing fits.';
  return found.length > mostShown ? 'There are more: type more of it.' : '';
}
