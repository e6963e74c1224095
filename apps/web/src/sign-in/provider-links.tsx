import { useAtrium } from '@atrium/client/react';
import { buttonClass } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';

/** Ways to sign in with an account elsewhere; nothing when the server has none. Links, because they leave the app. */
export function ProviderLinks({ next }: { readonly next: string | undefined }) {
  const { api } = useAtrium();
  const options = useQuery({ ...api.auth.options.query(), staleTime: Infinity });
  const providers = options.data?.providers ?? [];
  if (providers.length === 0) return null;
  return (
    <div className="grid gap-4">
      <p className="flex items-center gap-4 text-sm text-ink-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        or
      </p>
      <ul aria-label="Other ways to sign in" className="grid gap-3">
        {providers.map(({ id, name }) => (
          <li key={id} className="grid">
            <a href={addressOf(id, next)} className={buttonClass('quiet', 'large')}>
              Continue with {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function addressOf(id: string, next: string | undefined): string {
  return next === undefined ? `/auth/${id}` : `/auth/${id}?next=${encodeURIComponent(next)}`;
}
