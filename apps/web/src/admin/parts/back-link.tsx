import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';

const lists = { '/admin/users': 'All users', '/admin/rooms': 'All rooms' } as const;

/** From one thing to the list that it is in. */
export function BackLink({ to }: { readonly to: keyof typeof lists }) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-11 items-center gap-2 justify-self-start font-semibold text-ink-soft hover:text-ink"
    >
      <ArrowLeft size={18} aria-hidden />
      {lists[to]}
    </Link>
  );
}
