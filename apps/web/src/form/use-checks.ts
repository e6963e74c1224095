import { type FocusEvent, type FormEvent, useRef, useState } from 'react';

/** What is wrong with each field; undefined when nothing is. */
export type Problems<Field extends string> = { readonly [name in Field]: string | undefined };

/** A mutation, as `useMutation` gives it. */
interface Action<Input> {
  readonly mutate: (input: Input, opts: { readonly onSettled: () => void }) => void;
}

/**
 * When to say what is wrong: about a field once it has been left with something in it, about all of them once the form
 * was sent. Sending with a problem moves the focus to the first field that has one. What is sent twice before the answer
 * has come, by two clicks or by Enter, is done once.
 */
export function useChecks<Field extends string>(problems: Problems<Field>) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isSent, setSent] = useState(false);
  const isRunning = useRef(false);

  return {
    /** Begins again, with a form that was done and is empty now. */
    reset: () => {
      setLeft(new Set());
      setSent(false);
    },
    field: (name: Field) => ({
      error: isSent || left.has(name) ? problems[name] : undefined,
      onBlur: (event: FocusEvent<HTMLInputElement>) => {
        if (event.target.value !== '') setLeft((before) => new Set(before).add(name));
      },
    }),
    onSubmit:
      <Input>(action: Action<Input>, input: Input) =>
      (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        setSent(true);
        const first = Object.keys(problems).find((name) => problems[name as Field] !== undefined);
        const wrong = first !== undefined && event.currentTarget.elements.namedItem(first);
        if (wrong instanceof HTMLElement) wrong.focus();
        if (first !== undefined || isRunning.current) return;
        isRunning.current = true;
        action.mutate(input, { onSettled: () => (isRunning.current = false) });
      },
  };
}
