import { type FocusEvent, type FormEvent, useState } from 'react';

/** What is wrong with each field; undefined when nothing is. */
export type Problems<Field extends string> = { readonly [name in Field]: string | undefined };

/**
 * When to say what is wrong: about a field once it has been left with something in it, about all of them once the form
 * was sent. Sending with a problem moves the focus to the first field that has one.
 */
export function useChecks<Field extends string>(problems: Problems<Field>) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isSent, setSent] = useState(false);

  return {
    field: (name: Field) => ({
      error: isSent || left.has(name) ? problems[name] : undefined,
      onBlur: (event: FocusEvent<HTMLInputElement>) => {
        if (event.target.value !== '') setLeft((before) => new Set(before).add(name));
      },
    }),
    onSubmit: (send: () => void) => (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      setSent(true);
      const first = Object.keys(problems).find((name) => problems[name as Field] !== undefined);
      if (first === undefined) return send();
      const input = event.currentTarget.elements.namedItem(first);
      if (input instanceof HTMLElement) input.focus();
    },
  };
}
