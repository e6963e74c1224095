import { afterEach, expect, test, vi } from 'vitest';
import type { Fetch } from '../atrium-client.ts';
import { fetchWithToken } from './fetch-with-token.ts';
import { TokenKeeper, type TokenPair, TokenRefusedError } from './token-keeper.ts';

const minute = 60_000;

/** An access token like the server's, signed by nobody. `at`: when it was signed, by the server's clock (ms). */
function pairAt(name: string, at = Date.now()): TokenPair {
  const iat = Math.floor(at / 1000);
  const claims = btoa(JSON.stringify({ sub: 'ada', iat, exp: iat + 600, name }));
  return { accessToken: `header.${claims}.${name}`, refreshToken: `refresh ${name}` };
}

/** A server that takes one refresh token after the other, and the access token of the last one. */
function stage(first: TokenPair, opts: { clock?: number; onRefresh?: (pair: TokenPair) => Promise<void> } = {}) {
  const { clock = 0 } = opts;
  const server = { pair: first, refreshes: 0, isReached: true, isRevoked: false, calls: [] as (string | null)[] };
  const kept: TokenPair[] = [];
  const onRefused = vi.fn();
  const fetch: Fetch = async (url, init) => {
    await Promise.resolve();
    if (!server.isReached) throw new TypeError('No line');
    if (url.endsWith('/tokens.refresh')) {
      const { refreshToken } = JSON.parse(init?.body as string) as TokenPair;
      const isGood = refreshToken === server.pair.refreshToken && !server.isRevoked;
      if (!isGood)
        return Response.json({ error: { message: 'No.', data: { reason: 'TOKEN_INVALID' } } }, { status: 401 });
      server.refreshes += 1;
      server.pair = pairAt(String(server.refreshes), Date.now() + clock);
      return Response.json({ result: { data: { ...server.pair, id: 'x' } } });
    }
    const bearer = new Headers(init?.headers).get('authorization');
    server.calls.push(bearer);
    const isGood = bearer === `Bearer ${server.pair.accessToken}` && !server.isRevoked;
    return new Response(isGood ? 'done' : 'no', { status: isGood ? 200 : 401 });
  };
  const onRefresh = opts.onRefresh ?? ((pair: TokenPair) => void kept.push(pair));
  const keeper = new TokenKeeper({ url: 'http://x/trpc', fetch, pair: first, onRefresh, onRefused });
  return { server, kept, onRefused, keeper, call: () => fetchWithToken(keeper, fetch)('http://x/trpc/y') };
}

afterEach(() => {
  vi.useRealTimers();
});

test('a good token is used as it is; one about to end is replaced first, once for all who call', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { server, kept, call } = stage(pairAt('0'));
  await call();
  expect(server.refreshes).toBe(0);
  vi.setSystemTime(Date.now() + 9.5 * minute);
  expect((await Promise.all([call(), call(), call()])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect([server.refreshes, kept]).toEqual([1, [server.pair]]);
});

test('a new pair is kept before it is used', async () => {
  const order: string[] = [];
  const onRefresh = async () => {
    await Promise.resolve();
    order.push('kept');
  };
  const { keeper } = stage(pairAt('0', Date.now() - 20 * minute), { onRefresh });
  await keeper.get().then(() => order.push('used'));
  expect(order).toEqual(['kept', 'used']);
});

test('one that could not be kept is not used; the next call tries again', async () => {
  let isFull = true;
  const first = pairAt('0', Date.now() - 20 * minute);
  const onRefresh = () => (isFull ? Promise.reject(new Error('The disk is full')) : Promise.resolve());
  const { keeper, server } = stage(first, { onRefresh });
  await expect(keeper.get()).rejects.toThrow('The disk is full');
  expect(keeper.current).toBe(first.accessToken);
  // The server answers the same again as long as nothing was used.
  server.pair = first;
  isFull = false;
  expect(await keeper.get()).not.toBe(first.accessToken);
});

test('a refused call is made once more with another token, and not twice', async () => {
  const { server, call } = stage(pairAt('0'));
  server.pair = { ...pairAt('other'), refreshToken: 'refresh 0' };
  expect((await call()).status).toBe(200);
  expect(server.calls).toHaveLength(2);
  server.isRevoked = true;
  expect((await call()).status).toBe(401);
  expect(server.calls).toHaveLength(3);
});

test('a revoked token is told once, and the server is not asked again', async () => {
  const { server, keeper, onRefused } = stage(pairAt('0', Date.now() - 20 * minute));
  server.isRevoked = true;
  await expect(keeper.get()).rejects.toBeInstanceOf(TokenRefusedError);
  server.isReached = false;
  await expect(keeper.get()).rejects.toBeInstanceOf(TokenRefusedError);
  expect([onRefused.mock.calls.length, keeper.isOver]).toEqual([1, true]);
});

test('without a line nothing is lost: the next call refreshes', async () => {
  const { server, keeper, onRefused } = stage(pairAt('0', Date.now() - 20 * minute));
  server.isReached = false;
  await expect(keeper.get()).rejects.toThrow('No line');
  server.isReached = true;
  expect(await keeper.get()).toBe(server.pair.accessToken);
  expect(onRefused).not.toHaveBeenCalled();
});

test.each([3 * 60 * minute, -3 * 60 * minute])(
  'with a server whose clock is %i ms away, a token is kept for as long as it lives',
  async (clock) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { server, keeper } = stage(pairAt('0', 0), { clock });
    await keeper.get();
    vi.setSystemTime(Date.now() + 8 * minute);
    await keeper.get();
    expect(server.refreshes).toBe(1);
    vi.setSystemTime(Date.now() + 2 * minute);
    await keeper.get();
    expect(server.refreshes).toBe(2);
  },
);

test('what is no access token is replaced before anything is asked with it', async () => {
  const { server, keeper } = stage({ accessToken: 'nonsense', refreshToken: 'refresh 0' });
  expect(keeper.userId).toBeNull();
  await keeper.get();
  expect([server.refreshes, keeper.userId]).toEqual([1, 'ada']);
});
