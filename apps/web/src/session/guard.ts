import { redirect } from '@tanstack/react-router';
import type { RouterContext } from '../router-context.ts';
import { ensureMe } from './me.ts';
import { returnPath } from './return-path.ts';

interface GuardOptions {
  readonly context: RouterContext;
  readonly location: { readonly href: string; readonly pathname: string };
}

/** For pages of a person: whoever is not signed in signs in first and comes back. */
export async function requireSession({ context, location }: GuardOptions): Promise<void> {
  const { user } = await ensureMe(context.queryClient, context.api);
  if (user === null) redirect({ to: '/sign-in', search: { next: location.href }, throw: true });
}

/** For the sign-in pages: whoever is signed in goes on to where they wanted. */
export async function requireNoSession({ context, next }: Pick<GuardOptions, 'context'> & { readonly next: unknown }) {
  const { user } = await ensureMe(context.queryClient, context.api);
  if (user !== null) redirect({ href: returnPath(next), throw: true });
}

/** For the page that makes an account: a guest makes one out of what they have. */
export async function requireNoAccount({ context, next }: Pick<GuardOptions, 'context'> & { readonly next: unknown }) {
  const { user } = await ensureMe(context.queryClient, context.api);
  if (user?.guest) redirect({ to: '/claim', throw: true });
  await requireNoSession({ context, next });
}
