import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { readToken } from './token-handshake.ts';

/** The part of a socket that is looked at. */
class FakeSocket extends EventEmitter {
  isPaused = false;
  pause(): void {
    this.isPaused = true;
  }
  say(text: string): void {
    this.emit('message', Buffer.from(text), false);
  }
}

function open() {
  const fake = new FakeSocket();
  return { fake, read: (patience = 5_000) => readToken(fake as unknown as WebSocket, patience) };
}

const first = JSON.stringify({ method: 'connectionParams', data: { token: 'the token' } });

test('A104 the first message is the token; what came behind it is told afterwards, in order, once', async () => {
  const { fake, read } = open();
  const reading = read();
  fake.say(first);
  fake.say('one');
  const handshake = await reading;
  fake.say('two');
  const heard: string[] = [];
  fake.on('message', (data: Buffer) => heard.push(data.toString()));
  handshake?.replay();
  fake.say('three');
  expect([handshake?.token, fake.isPaused, heard]).toEqual(['the token', true, ['one', 'two', 'three']]);
});

test.each([
  '',
  'null',
  '7',
  '[]',
  '{"method":"query"}',
  '{"method":"connectionParams","data":{"token":7}}',
  first.repeat(2),
])('A104 %j is no token', async (text) => {
  const { fake, read } = open();
  const reading = read();
  fake.say(text);
  expect(await reading).toBeNull();
  expect(fake.listenerCount('message')).toBe(0);
});

test('A104 neither is a long text, or bytes', async () => {
  const long = open();
  const reading = long.read();
  long.fake.say(JSON.stringify({ method: 'connectionParams', data: { token: 'x'.repeat(9_000) } }));
  expect(await reading).toBeNull();
  const binary = open();
  const readingBytes = binary.read();
  binary.fake.emit('message', Buffer.from(first), true);
  expect(await readingBytes).toBeNull();
});

test('A104 nobody waits for ever, nor for somebody who has gone', async () => {
  vi.useFakeTimers();
  const silent = open();
  const reading = silent.read(5_000);
  vi.advanceTimersByTime(5_000);
  expect(await reading).toBeNull();
  const gone = open();
  const readingGone = gone.read();
  gone.fake.emit('close');
  expect(await readingGone).toBeNull();
  expect([silent.fake.listenerCount('message'), vi.getTimerCount()]).toEqual([0, 0]);
  vi.useRealTimers();
});
