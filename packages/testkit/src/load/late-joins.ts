import type { RoomBatch, RoomEvent } from '@atrium/rooms';
import { RoomState } from '@atrium/rooms/kind';
import type { Person } from '../person.ts';
import { type Pen, openPen, startLoad } from './steady-load.ts';

export interface LateJoinsOptions {
  readonly owner: Person;
  readonly server: { readLog(roomId: string): Promise<readonly RoomBatch[]> };
  readonly rooms: number;
  /** Commands in all rooms together; 0: nobody draws. */
  readonly perSecond: number;
  readonly joins: number;
  readonly atOnce: number;
}

export interface LateJoins {
  /** Diffs that did not continue what the joiner had. */
  readonly gaps: number;
  /** Diffs of what the joiner had already. */
  readonly duplicates: number;
  /** Joiners that in the end had something else than the log. */
  readonly wrong: number;
  /** Diffs that were judged. */
  readonly diffs: number;
  /** Of each join, from the subscription to its snapshot, milliseconds. */
  readonly toSnapshot: readonly number[];
  /** Acknowledged commands per second. */
  readonly perSecond: number;
}

/** How many diffs a joiner waits for before it leaves; the first ones are those that a broken join loses. */
const diffsPerJoin = 3;
/** How long it stays at least, milliseconds: so that as many come in a second whether somebody draws or not. */
const stay = 200;

/** People join rooms in which somebody draws all the time: each must get a snapshot and every diff behind it. */
export async function joinUnderLoad(opts: LateJoinsOptions): Promise<LateJoins> {
  const pens: Pen[] = [];
  try {
    for (let count = 0; count < opts.rooms; count += 1) pens.push(await openPen(opts.owner));
    const load = startLoad(pens, opts.perSecond);
    const joined = await joinAll(pens, opts).finally(() => void load.stop());
    const perSecond = await load.stop();
    const positions = new Map<string, ReadonlyMap<number, unknown>>();
    for (const { roomId } of pens) positions.set(roomId, positionsIn(await opts.server.readLog(roomId)));
    const sum = (of: (one: Joined) => number) => joined.reduce((all, one) => all + of(one), 0);
    return {
      gaps: sum(({ gaps }) => gaps),
      duplicates: sum(({ duplicates }) => duplicates),
      wrong: joined.filter(({ roomId, ver, x }) => positions.get(roomId)?.get(ver) !== x).length,
      diffs: sum(({ diffs }) => diffs),
      toSnapshot: joined.map(({ toSnapshot }) => toSnapshot),
      perSecond,
    };
  } finally {
    for (const pen of pens) await pen[Symbol.asyncDispose]();
  }
}

interface Joined {
  readonly roomId: string;
  readonly gaps: number;
  readonly duplicates: number;
  readonly diffs: number;
  readonly toSnapshot: number;
  /** Where it was when it left, and where it saw the rectangle then. */
  readonly ver: number;
  readonly x: unknown;
}

async function joinAll(pens: readonly Pen[], opts: LateJoinsOptions): Promise<readonly Joined[]> {
  const joined: Joined[] = [];
  let begun = 0;
  const joinSome = async () => {
    while (begun < opts.joins) {
      const { roomId } = pens[begun++ % pens.length] ?? {};
      if (roomId !== undefined) joined.push(await join(opts, roomId));
    }
  };
  await Promise.all(Array.from({ length: opts.atOnce }, joinSome));
  return joined;
}

async function join({ owner, perSecond }: LateJoinsOptions, roomId: string): Promise<Joined> {
  await using socket = await owner.openSocket();
  const began = performance.now();
  const watch = socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot', 30_000);
  const toSnapshot = performance.now() - began;
  const isEnough = () => socket.eventsOf(watch).length > diffsPerJoin;
  await new Promise((resolve) => setTimeout(resolve, stay));
  if (perSecond > 0) await socket.frame(isEnough, 30_000);
  return { roomId, toSnapshot, ...follow(socket.eventsOf(watch).map(({ data }) => data)) };
}

/** Does what a client does, but counts what a client would refuse. */
function follow(events: readonly RoomEvent[]) {
  let [state, ver, gaps, duplicates, diffs] = [new RoomState(), -1, 0, 0, 0];
  for (const event of events) {
    if (event.type === 'snapshot') {
      state = RoomState.fromJson(event.state);
      ver = event.ver;
    }
    if (event.type !== 'diff') continue;
    diffs += 1;
    if (event.ver <= ver) duplicates += 1;
    else if (event.prev !== ver) gaps += 1;
    state.apply(event.diff);
    ver = event.ver;
  }
  return { ver, gaps, duplicates, diffs, x: state.get('element', 'mover')?.['x'] };
}

function positionsIn(batches: readonly RoomBatch[]): ReadonlyMap<number, unknown> {
  const state = new RoomState();
  return new Map(
    batches.map(({ ver, diff }) => {
      state.apply(diff);
      return [ver, state.get('element', 'mover')?.['x']];
    }),
  );
}
