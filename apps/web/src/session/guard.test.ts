import type { Me } from '@atrium/api';
import { QueryClient } from '@tanstack/react-query';
import { isRedirect } from '@tanstack/react-router';
import { expect, test } from 'vitest';
import type { RouterContext } from '../router-context.ts';
import { requireAdmin, requireProof } from './guard.ts';
import { nobody } from './me.ts';
import { answerProof, isAskingForProof } from './proof-request.ts';

test('a proof that is fresh, here or at the server, is not asked for again', async () => {
  const { asked, context } = world({ known: me({ sudoUntil: ahead }), answer: me({ sudoUntil: ahead }) });
  await requireProof({ context, abortController: new AbortController(), preload: false });
  expect(asked()).toBe(0);
  const stale = world({ known: me({ sudoUntil: past }), answer: me({ sudoUntil: ahead }) });
  await requireProof({ context: stale.context, abortController: new AbortController(), preload: false });
  expect(stale.asked()).toBe(1);
  expect(isAskingForProof()).toBe(false);
});

test('an old one is asked for: the page opens with it, and without it the settings do', async () => {
  const { context } = world({ known: me({ sudoUntil: past }), answer: me({ sudoUntil: past }) });
  const options = { context, abortController: new AbortController(), preload: false };
  const proved = requireProof(options);
  await expect.poll(isAskingForProof).toBe(true);
  answerProof(true);
  await expect(proved).resolves.toBeUndefined();

  const declined = whereTo(requireProof(options));
  await expect.poll(isAskingForProof).toBe(true);
  answerProof(false);
  expect(await declined).toBe('/settings');
});

test('nothing is asked ahead of a visit, or of whoever has gone elsewhere', async () => {
  const { context, asked } = world({ known: me({ sudoUntil: past }), answer: me({ sudoUntil: past }) });
  await requireProof({ context, abortController: new AbortController(), preload: true });
  expect(asked()).toBe(0);

  const early = new AbortController();
  early.abort();
  await requireProof({ context, abortController: early, preload: false });
  expect(isAskingForProof()).toBe(false);

  const late = new AbortController();
  const gone = whereTo(requireProof({ context, abortController: late, preload: false }));
  await expect.poll(isAskingForProof).toBe(true);
  late.abort();
  expect(isAskingForProof()).toBe(false);
  await gone;
});

test('a guest has nothing to prove, and whoever acts as somebody else may not', async () => {
  const pass = { abortController: new AbortController(), preload: false };
  const guest = world({ known: me({ sudoUntil: past, guest: true }), answer: nobody });
  await requireProof({ context: guest.context, ...pass });
  const acting = me({ sudoUntil: ahead, guest: true, actor: { userId: 'root', name: 'Root' } });
  const { context } = world({ known: acting, answer: acting });
  expect(await whereTo(requireProof({ context, ...pass }))).toBe('/settings');
});

test('the control panel is for administrators', async () => {
  const admin = world({ known: me({ role: 'admin' }), answer: nobody });
  await requireAdmin(admin);
  const user = world({ known: me({}), answer: nobody });
  expect(await whereTo(requireAdmin(user))).toBe('/rooms');
});

const past = new Date(0).toISOString();
const ahead = new Date(Date.now() + 600_000).toISOString();

interface Traits {
  readonly sudoUntil?: string;
  readonly guest?: boolean;
  readonly role?: 'user' | 'admin';
  readonly actor?: { readonly userId: string; readonly name: string };
}

function me({ sudoUntil = ahead, guest = false, role = 'user', actor }: Traits): Me {
  return {
    user: { id: 'ada', email: 'ada@example.org', name: 'Ada', role, confirmed: true, guest },
    session: {
      ...{ publicId: 'one', authenticatedAt: past, sudoUntil, expiresAt: ahead, absoluteExpiresAt: ahead },
      ...{ canExtend: true, factors: [], remembered: true, impersonatedBy: actor ?? null },
    },
  };
}

/** What the page knows, and what the server would say. */
function world({ known, answer }: { readonly known: Me; readonly answer: Me }) {
  const queryClient = new QueryClient();
  const queryKey = ['auth', 'me'];
  queryClient.setQueryData(queryKey, known);
  let count = 0;
  const query = () => ({
    queryKey,
    queryFn: () => {
      count += 1;
      return Promise.resolve(answer);
    },
  });
  // The guards ask for nothing else.
  const api = { auth: { me: { query, key: () => queryKey } } } as unknown as RouterContext['api'];
  return { context: { queryClient, api }, asked: () => count };
}

/** Where the guard sends; null when it lets pass. */
async function whereTo(guard: Promise<void>): Promise<string | null> {
  try {
    await guard;
    return null;
  } catch (error) {
    if (!isRedirect(error)) throw error;
    return error.options.to ?? null;
  }
}
