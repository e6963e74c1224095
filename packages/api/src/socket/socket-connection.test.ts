import type { Identity } from '@atrium/auth';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../lane/wire.ts';
import { SocketConnection } from './socket-connection.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const identity = { user: { id: 'u', name: 'Ada' }, session: { publicId: 'p' } } as Identity;
const { signal } = new AbortController();

function stage() {
  const driver = { unread: 0, bufferedBytes: () => driver.unread, close: vi.fn(), touch: () => {}, wire: null };
  return { driver, connection: new SocketConnection(identity, driver) };
}

test('streams that are opened together begin one after the other', async () => {
  const { connection } = stage();
  const first = await connection.turn(signal);
  const second = vi.fn();
  void connection.turn(signal).then((begun) => {
    second();
    return begun();
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(second).not.toHaveBeenCalled();
  first();
  await vi.advanceTimersByTimeAsync(0);
  expect(second).toHaveBeenCalled();
});

test('a stream does not begin while the peer is behind, and begins when it has caught up', async () => {
  const { connection, driver } = stage();
  driver.unread = 300 * 1024;
  const begun = vi.fn();
  void connection.turn(signal).then(begun);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).not.toHaveBeenCalled();
  driver.unread = 0;
  await vi.advanceTimersByTimeAsync(25);
  expect(begun).toHaveBeenCalled();
});

test('a peer that takes nothing for half a minute is let go', async () => {
  const { connection, driver } = stage();
  driver.unread = 300 * 1024;
  void connection.drained(signal);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(driver.close).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(driver.close).toHaveBeenCalledWith('draining');
});

test('an end waits for nobody who is behind, and not for the last words of a stream that hangs', async () => {
  const { connection, driver } = stage();
  driver.unread = 300 * 1024;
  const drained = vi.fn();
  void connection.drained(signal).then(drained);
  connection.addStream('r', () => new Promise(() => {}));
  connection.end('signed-out');
  await vi.advanceTimersByTimeAsync(100);
  expect(drained).toHaveBeenCalled();
  expect(driver.close).toHaveBeenCalledWith('signed-out');
});

test('a socket carries 64 streams', () => {
  const { connection } = stage();
  const leaves = Array.from({ length: 64 }, () => connection.addStream('r', () => Promise.resolve()));
  expect(connection.canCarryMore).toBe(false);
  leaves[0]?.();
  expect(connection.canCarryMore).toBe(true);
});

test('a new name counts for what comes next', () => {
  const { connection } = stage();
  connection.rename('Ada L.');
  expect(connection.identity.user.name).toBe('Ada L.');
});

test('F11 an end silences the wire before anybody is told of it', () => {
  const { driver } = stage();
  const silence = vi.fn();
  const wire = { silence } as unknown as Wire;
  const connection = new SocketConnection(identity, { ...driver, wire });
  const tell = vi.fn(() => Promise.resolve());
  connection.addStream('r', tell);
  connection.end('signed-out');
  expect(silence).toHaveBeenCalledBefore(tell);
});

test('whatever waits for a socket is let go with a word, not with an error that is made for each of them', () => {
  const [over, gone] = [stage().connection, stage().connection];
  over.end('signed-out');
  gone.leave();
  expect([over.left.reason, gone.left.reason]).toEqual(['signed-out', 'left']);
});
