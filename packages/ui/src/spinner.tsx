import { classNames } from './class-names.ts';

/** A turning ring; the words beside it say what is going on. `className` gives it its colours. */
export function Spinner({ className }: { readonly className: string }) {
  return <span aria-hidden className={classNames('size-4 animate-turn rounded-full border-2', className)} />;
}
