import { createMemoryBus, createRoomHub, type RoomEvent, type RoomHub, systemClock, type Watcher } from '@atrium/rooms';
import { createMemoryRoomLog, tally } from '@atrium/rooms/testing';
import { expect, vi } from 'vitest';
import { Lane } from '../lane/lane.ts';
import { laneEncoder } from '../lane/lane-encoder.ts';
import type { Wire } from '../lane/wire.ts';

/** Lanes on the real engine, over wires that a test reads. Timers are the test's. */

const room = { roomId: 'room-1', kind: 'tally' };

export function createHub(limits: { ringBatches?: number } = {}) {
  const hub = createRoomHub({
    log: createMemoryRoomLog(),
    bus: createMemoryBus(),
    kinds: [tally],
    node: 'a',
    limits,
    // Several commits in one turn, as when a room catches up with another node.
    clock: { ...systemClock, turn: () => Promise.resolve() },
  });
  let seq = 0;
  const tell = async (name = 'add', input: object = { id: 'a', by: 1 }) => {
    seq += 1;
    const actor = () => ({ userId: 'pen', name: 'Pen', role: 'editor' as const });
    const { results } = await hub.send(room, actor, { clientId: 'pen', commands: [{ seq, name, input }] });
    expect(results).toMatchObject([{ ok: true }]);
  };
  return { hub, tell };
}

export class FakeWire implements Wire {
  isOpen = true;
  unread = 0;
  isSilent = false;
  /** Every write, in order: the buffers themselves. */
  readonly writes: (Buffer | string)[] = [];
  readonly listeners: (() => void)[] = [];
  #begun = '';

  tell(frames: Buffer, mostUnread: number): boolean {
    if (!this.isOpen || this.isSilent || this.unread > mostUnread) return false;
    this.writes.push(frames);
    return true;
  }

  silence(): void {
    this.isSilent = true;
  }

  begin(text: string): void {
    this.#begun = text;
  }

  send(text: string | Buffer): void {
    this.writes.push(this.#begun + text.toString());
    this.#begun = '';
  }

  onDrained(listener: () => void): void {
    this.listeners.push(listener);
  }

  drain(): void {
    this.unread = 0;
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** What a client would read: the numbers of its messages, and the events. */
  get events(): RoomEvent[] {
    return this.writes.flatMap(textsIn).flatMap(eventsIn);
  }
}

export function textsIn(write: Buffer | string): string[] {
  if (typeof write === 'string') return [write];
  const texts: string[] = [];
  for (let at = 0; at < write.length;) {
    const short = write[at + 1] ?? 0;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    at =
      start +
      (short < 126 ? short : short === 126 ? write.readUInt16BE(at + 2) : Number(write.readBigUInt64BE(at + 2)));
    texts.push(write.toString('utf8', start, at));
  }
  return texts;
}

function eventsIn(text: string): RoomEvent[] {
  const { result } = JSON.parse(text) as { result: { data?: { data: RoomEvent } } };
  return result.data ? [result.data.data] : [];
}

export const shown = (event: RoomEvent) => (event.type === 'diff' ? [event.prev, event.ver] : event.type);

export interface Viewer {
  readonly lane: Lane;
  readonly wire: FakeWire;
  readonly watcher: Watcher;
  readonly connection: { ended: 'signed-out' | null; stall: () => void };
  readonly onSnapshot: ReturnType<typeof vi.fn>;
  readonly abort: AbortController;
  /** What tRPC does with the message that carries the lane. */
  bind(): Promise<void>;
}

export async function open(
  hub: RoomHub,
  opts: { id?: number; cursor?: string; role?: 'editor' | 'viewer' } = {},
): Promise<Viewer> {
  const abort = new AbortController();
  const { id = 1, cursor, role = 'editor' } = opts;
  const watcher = await hub.watch(room, { userId: 'ada', role, cursor, signal: abort.signal });
  const wire = new FakeWire();
  const connection = { ended: null, stall: vi.fn() };
  const onSnapshot = vi.fn();
  const lane = new Lane({ watcher, wire, connection, onSnapshot });
  const bind = async () => {
    await lane.ready();
    const message = { id, result: { type: 'data', id: 'lane', data: { id: 'lane', data: lane } } };
    wire.send(laneEncoder.encode(message) as string);
    await Promise.resolve();
  };
  return { lane, wire, watcher, connection, onSnapshot, abort, bind };
}

export async function watching(hub: RoomHub, opts: Parameters<typeof open>[1] = {}): Promise<Viewer> {
  const viewer = await open(hub, opts);
  await viewer.bind();
  expect(viewer.wire.events.map(shown)).toEqual(['snapshot']);
  viewer.wire.writes.length = 0;
  return viewer;
}

export const many = (hub: RoomHub, count: number, id?: number) =>
  Promise.all(Array.from({ length: count }, () => watching(hub, id === undefined ? {} : { id })));

/** Lets timers of the engine and the turn pass. */
export async function turnOver(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1);
}
