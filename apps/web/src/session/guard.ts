import { toast } from '@atrium/ui';
import { redirect } from '@tanstack/react-router';
import type { RouterContext } from '../router-context.ts';
import { ensureMe } from './me.ts';
import { askForProof, stopAsking } from './proof-request.ts';
import { returnPath } from './return-path.ts';

interface GuardOptions {
  readonly context: RouterContext;
  readonly location: { readonly href: string; readonly pathname: string };
}

interface ProofOptions extends Pick<GuardOptions, 'context'> {
  readonly abortController: AbortController;
  /** True while the page is only fetched ahead: nothing may be asked then. */
  readonly preload: boolean;
}

/** For pages of a person: whoever is not signed in signs in first and comes back. */
export async function requireSession({ context, location }: GuardOptions): Promise<void> {
  const { user } = await ensureMe(context.queryClient, context.api);
  if (user === null) redirect({ to: '/sign-in', search: { next: location.href }, throw: true });
}

/** For pages that can open or take away the account: whoever has not proved for a while who they are does so first. */
export async function requireProof({ context, abortController, preload }: ProofOptions): Promise<void> {
  if (preload) return;
  const { signal } = abortController;
  const { queryClient, api } = context;
  const { user, session } = await ensureMe(queryClient, api);
  if (session?.impersonatedBy) {
    toast(`Only ${user?.name} can open this: you act as somebody else.`);
    redirect({ to: '/settings', throw: true });
  }
  // A guest has nothing to prove it with.
  if (user?.guest || isFresh(session)) return;
  // What is remembered may be older than a proof in another tab.
  const now = await queryClient.fetchQuery({ ...api.auth.me.query(), staleTime: 0 });
  // Whoever has gone elsewhere meanwhile is asked nothing.
  if (isFresh(now.session) || signal.aborted) return;
  signal.addEventListener('abort', stopAsking);
  const isProved = await askForProof();
  signal.removeEventListener('abort', stopAsking);
  if (!isProved) redirect({ to: '/settings', throw: true });
}

function isFresh(session: { readonly sudoUntil: string } | null): boolean {
  return session !== null && Date.parse(session.sudoUntil) > Date.now();
}

/** For the control panel: who is no administrator, or acts as somebody else, is at home. */
export async function requireAdmin({ context }: Pick<GuardOptions, 'context'>): Promise<void> {
  const { user } = await ensureMe(context.queryClient, context.api);
  if (user?.role !== 'admin') redirect({ to: '/rooms', throw: true });
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
