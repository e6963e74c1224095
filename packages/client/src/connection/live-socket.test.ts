import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveSocket } from './live-socket.ts';

/** The other end of the line, played by the test. */
class FakeSocket extends EventTarget {
  static made: FakeSocket[] = [];
  readonly url: string;
  readonly sent: string[] = [];
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  readyState = 0;
  isTerminated = false;
  closedWith: number | undefined;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.made.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  terminate(): void {
    this.isTerminated = true;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(data: string): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  end(code: number, reason = ''): void {
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const socket = new LiveSocket('ws://x', { Socket: FakeSocket as never });
  const heard: string[] = [];
  socket.addEventListener('open', () => heard.push('open'));
  socket.addEventListener('error', () => heard.push('error'));
  socket.addEventListener('message', (event) => heard.push((event as MessageEvent<string>).data));
  socket.addEventListener('close', (event) => heard.push(`close ${(event as CloseEvent).code}`));
  return { socket, heard, lines: FakeSocket.made };
}

function openLine() {
  const opened = open();
  const [line] = opened.lines;
  if (!line) throw new Error('No attempt was made.');
  line.open();
  return { ...opened, line };
}

test('an attempt that hangs gets company, and the first that opens is taken', () => {
  const { socket, heard, lines } = open();
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(700);
  expect(lines).toHaveLength(2);
  lines[1]?.open();
  expect([heard, socket.readyState, lines[0]?.isTerminated]).toEqual([['open'], socket.OPEN, true]);
  vi.advanceTimersByTime(4_000);
  expect(lines).toHaveLength(2);
});

test('while all hang the first two stay, for a slow line, and the last is renewed, for one that comes back', () => {
  const { heard, lines } = open();
  vi.advanceTimersByTime(7_000);
  expect(lines).toHaveLength(11);
  expect(lines.map(({ isTerminated }) => isTerminated)).toEqual([false, false, ...Array(8).fill(true), false]);
  lines[1]?.open();
  expect(heard).toEqual(['open']);
  expect(lines.filter(({ isTerminated }) => !isTerminated)).toEqual([lines[1]]);
});

test('of two that open in the same moment one is dropped', () => {
  const { heard, lines } = open();
  vi.advanceTimersByTime(700);
  lines[0]?.open();
  lines[1]?.open();
  expect([heard, lines[0]?.isTerminated, lines[1]?.isTerminated]).toEqual([['open'], false, true]);
});

test('a refused attempt is told at once, a hanging one beside it is waited for', () => {
  const alone = open();
  alone.lines[0]?.end(1006);
  expect(alone.heard).toEqual(['error', 'close 1006']);
  FakeSocket.made = [];
  const both = open();
  vi.advanceTimersByTime(700);
  FakeSocket.made[0]?.end(1006);
  expect(both.heard).toEqual([]);
  FakeSocket.made[1]?.open();
  expect(both.heard).toEqual(['open']);
});

test('opening is given up in the end', () => {
  const { heard, lines } = open();
  vi.advanceTimersByTime(15_000);
  expect(heard).toEqual(['error', 'close 1006']);
  expect(lines.every(({ isTerminated }) => isTerminated)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('quiet is answered by a ping, and silence after it is a loss, told at once', () => {
  const { heard, line } = openLine();
  vi.advanceTimersByTime(5_000);
  expect(line.sent).toEqual(['PING']);
  line.say('PONG');
  vi.advanceTimersByTime(5_000);
  expect([line.sent, heard]).toEqual([
    ['PING', 'PING'],
    ['open', 'PONG'],
  ]);
  vi.advanceTimersByTime(2_000);
  expect([heard.at(-1), line.isTerminated]).toEqual(['close 1006', true]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a device that wakes doubts the line: it answers within a second or is lost', () => {
  const dead = openLine();
  dead.socket.doubt();
  vi.advanceTimersByTime(999);
  expect(dead.heard).toEqual(['open']);
  vi.advanceTimersByTime(1);
  expect(dead.heard).toEqual(['open', 'close 1006']);
  FakeSocket.made = [];
  const good = openLine();
  good.socket.doubt();
  good.line.say('PONG');
  vi.advanceTimersByTime(4_000);
  expect(good.heard).toEqual(['open', 'PONG']);
});

test('after eight hours of sleep the next timer finds out, without a word of the browser', () => {
  const { heard, line } = openLine();
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(line.sent).toEqual(['PING']);
  vi.advanceTimersByTime(1_000);
  expect(heard.at(-1)).toBe('close 1006');
});

test('doubt while a socket is opened makes one more attempt at once', () => {
  const { socket, lines } = open();
  socket.doubt();
  expect(lines).toHaveLength(2);
});

test('closing waits for the other side, not for ever', () => {
  const { socket, heard, line } = openLine();
  socket.close(1000);
  expect([line.closedWith, socket.readyState]).toEqual([1000, socket.CLOSING]);
  line.say('a last word');
  line.end(4401, 'expired');
  expect(heard).toEqual(['open', 'a last word', 'close 4401']);
  FakeSocket.made = [];
  const stuck = openLine();
  stuck.socket.close();
  vi.advanceTimersByTime(2_000);
  expect(stuck.heard).toEqual(['open', 'close 1006']);
});

test('into a line that the other side is closing nothing is sent', () => {
  const { socket } = open();
  const [line] = FakeSocket.made;
  line?.open();
  socket.send('one');
  if (line) line.readyState = 2;
  socket.send('two');
  expect(line?.sent).toEqual(['one']);
});
