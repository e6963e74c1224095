import { createMemoryBus } from '../../src/bus/memory-bus.ts';
import { createVirtualClock, type VirtualClock } from '../../src/clock/virtual-clock.ts';
import { createRoomHub, type RoomHubOptions } from '../../src/hub/create-room-hub.ts';
import type { HubReport } from '../../src/hub/report.ts';
import type { CursoredEvent, RoomHub, SendAnswer, SentCommand } from '../../src/hub/room-hub.ts';
import type { Role } from '../../src/kind/role.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import type { AppendOutcome, BatchActor, RoomBatch, RoomLog } from '../../src/log/room-log.ts';
import { tally } from '../../src/testing/tally-kind.ts';

export const room = { roomId: 'room-1', kind: 'tally' };

/** A memory log whose appends a test can hold, fail and count. */
export interface ControlledLog extends RoomLog {
  readonly appended: RoomBatch[];
  /** Who was named with each of them. */
  readonly actors: (readonly BatchActor[])[];
  /** Replaces the next appends, one each; `commit` is the real one. */
  readonly next: ((batch: RoomBatch, commit: () => Promise<AppendOutcome>) => Promise<AppendOutcome>)[];
  isDown: boolean;
}

function controlledLog(inner: RoomLog = createMemoryRoomLog()): ControlledLog {
  const demandUp = (): void => {
    if (log.isDown) throw new Error('The log is down.');
  };
  const log: ControlledLog = {
    appended: [],
    actors: [],
    next: [],
    isDown: false,
    async append(batch, actors = []) {
      demandUp();
      log.appended.push(batch);
      log.actors.push(actors);
      const commit = () => inner.append(batch);
      return (log.next.shift() ?? ((_, run) => run()))(batch, commit);
    },
    async read(roomId, after, limit) {
      demandUp();
      return inner.read(roomId, after, limit);
    },
    async loadSnapshot(roomId) {
      demandUp();
      return inner.loadSnapshot(roomId);
    },
    async saveSnapshot(snapshot) {
      demandUp();
      await inner.saveSnapshot(snapshot);
    },
    async compact(roomId, keepAfterVer, keepAfterTime) {
      demandUp();
      await inner.compact(roomId, keepAfterVer, keepAfterTime);
    },
  };
  return log;
}

export interface HubFixture {
  readonly hub: RoomHub;
  readonly clock: VirtualClock;
  readonly log: ControlledLog;
  readonly reports: HubReport[];
  /** A second node on the same log, clock and bus. */
  readonly another: (opts?: Partial<RoomHubOptions>) => RoomHub;
  readonly send: (commands: readonly SentCommand[], by?: Sender) => Promise<SendAnswer>;
}

export interface Sender {
  readonly userId?: string;
  readonly clientId?: string;
  readonly role?: Role;
  readonly hub?: RoomHub;
}

export interface HubFixtureOptions extends Partial<Omit<RoomHubOptions, 'clock'>> {
  /** The log under the controlled one: shared by fixtures, it outlives a restart. */
  readonly inner?: RoomLog;
  readonly clock?: VirtualClock;
}

export function createHubFixture(opts: HubFixtureOptions = {}): HubFixture {
  const { inner, clock = createVirtualClock(), ...rest } = opts;
  const log = controlledLog(inner);
  const reports: HubReport[] = [];
  const bus = createMemoryBus();
  const create = (node: string, more: Partial<RoomHubOptions> = {}): RoomHub =>
    createRoomHub({
      log,
      bus,
      clock,
      kinds: [tally],
      onReport: (report) => reports.push(report),
      ...rest,
      ...more,
      node,
    });
  const hub = create('node-a');
  return {
    hub,
    clock,
    log,
    reports,
    another: (more) => create('node-b', more),
    send: (commands, by = {}) => {
      const actor = () => ({ userId: by.userId ?? 'ada', name: 'Ada', role: by.role ?? ('editor' as const) });
      return (by.hub ?? hub).send(room, actor, { clientId: by.clientId ?? 'tab-1', commands });
    },
  };
}

/** Holds whoever waits for `opened` until `open` is called. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export function add(seq: number, id = 'a'): SentCommand {
  return { seq, name: 'add', input: { id, by: 1 } };
}

export function refuse(seq: number, message = `No ${seq}.`): SentCommand {
  return { seq, name: 'refuse', input: { message } };
}

/** One viewer in a test: pulls events one by one. */
export class Viewer {
  readonly abort = new AbortController();
  readonly #events: AsyncIterator<CursoredEvent>;
  #pull: Promise<IteratorResult<CursoredEvent>> | null = null;
  readonly watcher: Awaited<ReturnType<RoomHub['watch']>>;

  private constructor(watcher: Awaited<ReturnType<RoomHub['watch']>>, abort: AbortController) {
    this.watcher = watcher;
    this.abort = abort;
    this.#events = watcher[Symbol.asyncIterator]();
  }

  static async open(
    hub: RoomHub,
    opts: { readonly userId?: string; readonly role?: Role; readonly cursor?: string | undefined } = {},
  ): Promise<Viewer> {
    const abort = new AbortController();
    const { userId = 'ada', role = 'editor', cursor } = opts;
    return new Viewer(await hub.watch(room, { userId, role, cursor, signal: abort.signal }), abort);
  }

  async next(): Promise<CursoredEvent> {
    const pull = this.#pull ?? this.#events.next();
    this.#pull = null;
    const { value, done } = await pull;
    if (done === true) throw new Error('The stream is done.');
    return value;
  }

  /** The next event if there is one without waiting for the world, otherwise null. */
  async pending(): Promise<CursoredEvent | null> {
    this.#pull ??= this.#events.next();
    const turn = new Promise<null>((resolve) => setImmediate(() => resolve(null)));
    return (await Promise.race([this.#pull, turn])) === null ? null : this.next();
  }

  async isDone(): Promise<boolean> {
    return (await this.#events.next()).done === true;
  }
}
