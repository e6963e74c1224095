/**
 * What a page shows of a room: the confirmed records, and on top of them what this person did and the server has not
 * answered yet. The kind's own code is run again on whatever is confirmed, so the two never drift apart: what the server
 * accepts is already there, what it refuses disappears.
 */
import {
  type CommandContext,
  type CommandOutcome,
  createTx,
  type Diff,
  type OpenTx,
  type RoomKind,
  type RoomRecord,
  RoomState,
  runCommand,
  type StateJson,
  type StateReader,
} from '@atrium/rooms/kind';
import { type RecordStore, RecordListeners, type Scheduler } from './record-store.ts';
import type { UndoStep } from './undo-stack.ts';

export interface UnansweredCommand {
  readonly name: string;
  readonly input: unknown;
}

export interface RoomStoreOptions {
  readonly schedule: Scheduler;
  /** Null for a room whose kind is not known here: then only what is confirmed is shown. */
  readonly kind: RoomKind | null;
  /** What the server has not answered, in the order in which it will be decided. */
  readonly unanswered: () => Iterable<UnansweredCommand>;
  /** Null until it is known who this is. */
  readonly context: () => CommandContext | null;
}

/** With more than this waiting, running all of it again may take at most a tenth of the time. */
const many = 50;
const restFactor = 9;

export class RoomStore implements RecordStore {
  private readonly opts: RoomStoreOptions;
  private readonly listeners: RecordListeners;
  private state = new RoomState();
  /** The unanswered commands on top of `state`; null when there are none. */
  private overlay: OpenTx | null = null;
  /** Ids that the overlay may show otherwise than `state` does, by collection. */
  private painted = new Map<string, Set<string>>();
  private isStale = false;
  private restUntil = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(opts: RoomStoreOptions) {
    this.opts = opts;
    this.listeners = new RecordListeners(opts.schedule, () => this.refresh());
  }

  /** Without what the server has not answered. */
  get confirmed(): StateReader {
    return this.state;
  }

  get(collection: string, id: string): RoomRecord | undefined {
    return (this.overlay ?? this.state).get(collection, id);
  }

  entries(collection: string): Iterable<readonly [id: string, record: RoomRecord]> {
    return (this.overlay ?? this.state).entries(collection);
  }

  size(collection: string): number {
    return (this.overlay ?? this.state).size(collection);
  }

  subscribe(collection: string, id: string, listener: () => void): () => void {
    return this.listeners.subscribe(collection, id, listener);
  }

  onChange(...[listener]: Parameters<RecordStore['onChange']>): () => void {
    return this.listeners.onChange(listener);
  }

  /** Replaces everything by a snapshot's state. */
  replace(json: StateJson): void {
    this.state = RoomState.fromJson(json);
    this.listeners.noteReset();
    this.run();
  }

  /** Applies a diff that continues the state; throws `BrokenDiff` when it does not fit, and must be replaced then. */
  apply(diff: Diff): void {
    this.state.apply(diff);
    for (const { collection, id } of placesOf(diff)) this.listeners.note(collection, id);
    this.isStale = this.overlay !== null;
  }

  /** One more unanswered command, shown at once. Answers what it touched: nothing when it cannot be run here. */
  paint(command: UnansweredCommand): UndoStep {
    if (this.isStale && performance.now() >= this.restUntil) this.run();
    const overlay = (this.overlay ??= createTx(this.state));
    const own = overlay.begin();
    const outcome = this.runOn(own, command);
    if (!outcome?.ok) return [];
    const places = placesOf(outcome.diff);
    const before = places.map(({ collection, id }) => overlay.get(collection, id));
    own.commit();
    for (const { collection, id } of places) this.notePainted(collection, id);
    return places.map((place, i) => ({
      ...place,
      before: before[i],
      after: overlay.get(place.collection, place.id),
    }));
  }

  /** Something of what was unanswered is over: a refused command disappears before the next frame. */
  settle(): void {
    if (!this.overlay) return;
    this.isStale = true;
    this.listeners.request();
  }

  /** Runs everything unanswered again, on what is confirmed now. */
  run(): void {
    const before = this.painted;
    this.overlay = null;
    this.painted = new Map();
    this.isStale = false;
    const began = performance.now();
    let count = 0;
    for (const command of this.opts.unanswered()) {
      this.paint(command);
      count += 1;
    }
    const now = performance.now();
    this.restUntil = count > many ? now + (now - began) * restFactor : 0;
    for (const [collection, ids] of before) for (const id of ids) this.listeners.note(collection, id);
  }

  /** Before each frame. While very much waits, it is run again only now and then: nothing of it is lost by that. */
  private refresh(): void {
    if (!this.isStale) return;
    const rest = this.restUntil - performance.now();
    if (rest <= 0) return this.run();
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.settle();
    }, rest);
  }

  private runOn(tx: OpenTx, command: UnansweredCommand): CommandOutcome | null {
    const { kind } = this.opts;
    const context = this.opts.context();
    return kind && context ? runCommand(kind, tx, command, context) : null;
  }

  private notePainted(collection: string, id: string): void {
    const ids = this.painted.get(collection) ?? new Set();
    this.painted.set(collection, ids);
    ids.add(id);
    this.listeners.note(collection, id);
  }
}

function placesOf(diff: Diff): { readonly collection: string; readonly id: string }[] {
  return Object.entries(diff).flatMap(([collection, changes]) =>
    Object.keys(changes).map((id) => ({ collection, id })),
  );
}
