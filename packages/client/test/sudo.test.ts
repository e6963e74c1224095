import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type AtriumClient, createAtriumClient, refusalOf, SessionEndedError } from '../src/index.ts';
import { accept, FakeServer, Refuse } from './fake-server.ts';

let server: FakeServer;
let client: AtriumClient;
let isProved: boolean;
const ask = vi.fn<() => Promise<boolean>>();

const needProof = () => {
  if (!isProved) throw new Refuse('SUDO_REQUIRED');
};

beforeEach(async () => {
  server = await FakeServer.start();
  client = createAtriumClient({ url: server.url, WebSocket: WebSocket as never, onSudoRequired: ask });
  isProved = false;
  server.onUpdate = needProof;
  server.onPresence = needProof;
  server.onSend = (request) => {
    needProof();
    return accept(request);
  };
  ask.mockReset().mockImplementation(async () => (isProved = true));
});

afterEach(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const overHttp = () => client.trpc.account.update.mutate({ name: 'Ada' });
const overSocket = () =>
  client.trpc.rooms.send.mutate({ roomId: 'r', clientId: 'c', commands: [{ seq: 1, name: 'edit', input: {} }] });
const subscribed = () =>
  new Promise((resolve, reject) => {
    client.trpc.rooms.presence.subscribe({ roomId: 'r' }, { onData: resolve, onError: reject });
  });

const ways = [
  ['a mutation over HTTP', overHttp],
  ['a mutation over the socket', overSocket],
  ['a subscription', subscribed],
] as const;

test.each(ways)('%s that needs a proof asks once and is repeated', async (_name, call) => {
  await expect(call()).resolves.toBeTruthy();
  expect(ask).toHaveBeenCalledOnce();
});

test('calls that are refused at once, over HTTP and over the socket, ask one question', async () => {
  let prove = () => {};
  ask.mockImplementation(() => new Promise((resolve) => (prove = () => resolve((isProved = true)))));
  const calls = [overHttp(), overHttp(), overSocket(), subscribed()];
  await vi.waitFor(() => expect([server.requests.length, server.presences]).toEqual([1, 1]));
  await vi.waitFor(() => expect(ask).toHaveBeenCalled());
  prove();
  await expect(Promise.all(calls)).resolves.toHaveLength(4);
  expect(ask).toHaveBeenCalledOnce();
});

test('a call whose refusal arrives after the proof is repeated without a question', async () => {
  let release = () => {};
  server.onSend = async (request) => {
    const wasProved = isProved;
    if (server.requests.length === 1) await new Promise<void>((resolve) => (release = resolve));
    if (!wasProved) throw new Refuse('SUDO_REQUIRED');
    return accept(request);
  };
  const late = overSocket();
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  await overHttp();
  release();
  await expect(late).resolves.toBeTruthy();
  expect(ask).toHaveBeenCalledOnce();
});

test.each(ways)('%s that is declined gives the refusal of the server, and was sent once', async (_name, call) => {
  ask.mockResolvedValue(false);
  const update = vi.spyOn(server, 'onUpdate');
  const refused = await call().catch((error: unknown) => error);
  expect(refusalOf(refused)?.reason).toBe('SUDO_REQUIRED');
  expect(update.mock.calls.length + server.requests.length + server.presences).toBe(1);
});

test('a repeated call that is refused again is not repeated again', async () => {
  ask.mockResolvedValue(true);
  const update = vi.spyOn(server, 'onUpdate');
  const refused = await overHttp().catch((error: unknown) => error);
  expect(refusalOf(refused)?.reason).toBe('SUDO_REQUIRED');
  expect(update).toHaveBeenCalledTimes(2);
  expect(ask).toHaveBeenCalledOnce();
});

test('a question that breaks counts as declined, and the next call asks again', async () => {
  ask.mockRejectedValueOnce(new Error('The dialog could not be loaded.'));
  expect(refusalOf(await overHttp().catch((error: unknown) => error))?.reason).toBe('SUDO_REQUIRED');
  await expect(overHttp()).resolves.toBeTruthy();
});

test('a session that ends while the question stands rejects the calls, and nothing is sent', async () => {
  ask.mockImplementation(() => new Promise(() => {}));
  const update = vi.spyOn(server, 'onUpdate');
  const calls = [overHttp(), overSocket()].map((call) => call.catch((error: unknown) => error));
  await vi.waitFor(() => expect([update.mock.calls.length, server.requests.length]).toEqual([1, 1]));
  await vi.waitFor(() => expect(ask).toHaveBeenCalled());
  client.connection.end('theft');
  for (const error of await Promise.all(calls)) {
    expect(error).toMatchObject({ cause: expect.any(SessionEndedError) });
  }
  isProved = true;
  expect(update).toHaveBeenCalledOnce();
});

test('what was refused to one session is not repeated in the name of the next', async () => {
  ask.mockImplementation(async () => {
    await client.resetConnection();
    return (isProved = true);
  });
  const update = vi.spyOn(server, 'onUpdate');
  expect(refusalOf(await overHttp().catch((error: unknown) => error))?.reason).toBe('SUDO_REQUIRED');
  expect(update).toHaveBeenCalledOnce();
});

test('a refusal that arrives in the next session asks nobody', async () => {
  let release = () => {};
  server.onSend = async () => {
    await new Promise<void>((resolve) => (release = resolve));
    throw new Refuse('SUDO_REQUIRED');
  };
  const late = overSocket().catch((error: unknown) => error);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  client.connection.sessionCount += 1;
  release();
  expect(refusalOf(await late)?.reason).toBe('SUDO_REQUIRED');
  expect(ask).not.toHaveBeenCalled();
});

test('a call that nobody waits for any more is not repeated', async () => {
  let prove = () => {};
  ask.mockImplementation(() => new Promise((resolve) => (prove = () => resolve((isProved = true)))));
  const subscription = client.trpc.rooms.presence.subscribe({ roomId: 'r' }, { onData: () => {} });
  await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce());
  subscription.unsubscribe();
  prove();
  await overHttp();
  expect(server.presences).toBe(1);
});
