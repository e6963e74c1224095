import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A plain TCP server that sends everything back, and what it saw of each connection. */

let echo: Server;
let seen: { socket: Socket; text: string; isEnded: boolean; isReset: boolean }[];
let proxy: TcpProxy;

beforeEach(async () => {
  seen = [];
  echo = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const entry = { socket, text: '', isEnded: false, isReset: false };
    seen.push(entry);
    socket.on('data', (chunk) => {
      entry.text += chunk.toString();
      socket.write(chunk);
    });
    socket.on('end', () => {
      entry.isEnded = true;
      socket.end();
    });
    socket.on('error', () => (entry.isReset = true));
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startTcpProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  for (const { socket } of seen) socket.destroy();
  echo.close();
});

/** A client of it. Everything that it waits for is an event; `quiet` waits for none, as long as a far byte would take. */
class Caller {
  readonly socket: Socket;
  text = '';
  end: 'none' | 'fin' | 'reset' = 'none';
  readonly #closed: Promise<unknown>;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.socket.on('data', (chunk) => (this.text += chunk.toString()));
    this.socket.on('end', () => {
      this.end = 'fin';
      this.socket.end();
    });
    this.socket.on('error', () => (this.end = 'reset'));
    this.#closed = new Promise((resolve) => this.socket.once('close', resolve));
  }

  async say(text: string): Promise<void> {
    this.socket.write(text);
    await this.hears(text);
  }

  async hears(text: string): Promise<void> {
    while (!this.text.endsWith(text)) await once(this.socket, 'data', { signal: AbortSignal.timeout(3_000) });
  }

  async closes(): Promise<'none' | 'fin' | 'reset'> {
    await this.#closed;
    return this.end;
  }
}

/** Long enough for a byte to go around many times on one machine. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

const open = async (): Promise<Caller> => {
  const caller = new Caller(proxy.port);
  await caller.say('hello');
  return caller;
};

test('a good network passes bytes on, and each end of a connection when it comes', async () => {
  const caller = await open();
  caller.socket.end('bye');
  await caller.hears('bye');
  expect(await caller.closes()).toBe('fin');
  expect(seen[0]).toMatchObject({ text: 'hellobye', isEnded: true, isReset: false });
});

test('a reset of one side reaches the other one', async () => {
  const caller = await open();
  const closed = new Promise((resolve) => seen[0]?.socket.once('close', resolve));
  caller.socket.resetAndDestroy();
  await closed;
  expect(seen[0]?.isReset).toBe(true);
});

test('a server that is not there resets the caller', async () => {
  seen = [];
  echo.close();
  const caller = new Caller(proxy.port);
  expect(await caller.closes()).toBe('reset');
});

test('cut ends every connection with FIN on both sides, and later ones pass', async () => {
  const callers = [await open(), await open()];
  proxy.cut();
  for (const caller of callers) expect(await caller.closes()).toBe('fin');
  await quiet();
  expect(seen.map(({ isEnded, isReset }) => [isEnded, isReset])).toEqual([
    [true, false],
    [true, false],
  ]);
  await open();
});

test('reset ends every connection with RST on both sides, and later ones pass', async () => {
  const caller = await open();
  proxy.reset();
  expect(await caller.closes()).toBe('reset');
  await quiet();
  expect(seen[0]).toMatchObject({ isReset: true });
  await open();
});

test('a black hole tells nobody anything, keeps what was open dead for good, and lets later ones pass once it is healed', async () => {
  const caller = await open();
  proxy.blackHole();
  caller.socket.write('lost');
  seen[0]?.socket.write('lost too');
  const during = new Caller(proxy.port);
  during.socket.write('never');
  await quiet();
  proxy.heal();
  caller.socket.write('after');
  caller.socket.end();
  await quiet();
  expect([caller.text, caller.end, during.text]).toEqual(['hello', 'none', '']);
  expect(seen.map(({ text, isEnded }) => [text, isEnded])).toEqual([['hello', false]]);
  await open();
});

test('a black hole hides the reset of the other side', async () => {
  const caller = await open();
  proxy.blackHole();
  caller.socket.resetAndDestroy();
  await quiet();
  expect(seen[0]).toMatchObject({ isEnded: false, isReset: false });
});

test('a connection that lost nothing in a black hole goes on when it is healed', async () => {
  const caller = await open();
  proxy.blackHole();
  await quiet();
  proxy.heal();
  await caller.say('still here');
  expect(caller.text).toBe('hellostill here');
});

test.each([
  ['up', 'hello', 'hellofrom the server'],
  ['down', 'helloto the server', 'hello'],
] as const)('a line whose way %s is swallowed is half open', async (direction, atServer, atCaller) => {
  const caller = await open();
  proxy.blackHole(direction);
  caller.socket.write('to the server');
  await quiet();
  if (direction === 'up') seen[0]?.socket.write('from the server');
  await quiet();
  proxy.heal();
  await quiet();
  expect([seen[0]?.text, caller.text, caller.end]).toEqual([atServer, atCaller, 'none']);
});

test('a delay holds back in both directions', async () => {
  const caller = await open();
  proxy.delay(50);
  const began = performance.now();
  await caller.say('late');
  expect(performance.now() - began).toBeGreaterThanOrEqual(98);
});

test('a delay that changes keeps the order of the bytes', async () => {
  const caller = await open();
  const sent = ['hello'];
  for (const [index, ms] of [40, 5, 30, 0, 20, 0, 10].entries()) {
    proxy.delay(ms);
    sent.push(`<${index}>`);
    caller.socket.write(`<${index}>`);
    // Long enough for the proxy to have read it, and shorter than the delays.
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await caller.hears('<6>');
  expect(caller.text).toBe(sent.join(''));
});

test('what is held back without end arrives when it is healed, the end included, in order', async () => {
  const caller = await open();
  proxy.delay(Infinity);
  caller.socket.write('one');
  await quiet();
  caller.socket.write('two');
  caller.socket.end();
  await quiet();
  expect(seen[0]).toMatchObject({ text: 'hello', isEnded: false });
  proxy.heal();
  expect(await caller.closes()).toBe('fin');
  expect([caller.text, seen[0]?.isEnded]).toEqual(['helloonetwo', true]);
});

test('a throttle lets so many bytes through in a second', async () => {
  const caller = await open();
  proxy.throttle(100_000);
  const began = performance.now();
  await caller.say('x'.repeat(10_000));
  // Up and down, 100 ms each; the pieces overlap.
  expect(performance.now() - began).toBeGreaterThanOrEqual(98);
});

test('a network that refuses resets new connections and leaves the others alone', async () => {
  const caller = await open();
  proxy.refuse();
  expect(await new Caller(proxy.port).closes()).toBe('reset');
  await caller.say('still here');
  expect(seen).toHaveLength(1);
  proxy.heal();
  await open();
});

test('a network that answers in the server’s place ends the connection with that', async () => {
  proxy.refuse('503 later');
  const caller = new Caller(proxy.port);
  caller.socket.write('GET');
  expect(await caller.closes()).toBe('fin');
  expect([caller.text, seen.length]).toEqual(['503 later', 0]);
});

test.each(['waits', 'hangs up'])(
  'whoever says nothing to a network that answers, and %s, is let go of with it',
  async (how) => {
    const late = await startTcpProxy((echo.address() as AddressInfo).port);
    late.refuse('503 later');
    const silent = new Caller(late.port);
    await once(silent.socket, 'connect');
    if (how === 'hangs up') silent.socket.end();
    await quiet();
    await late[Symbol.asyncDispose]();
    expect(await silent.closes()).toBe('fin');
  },
);
