import { withDeadline } from '../clock/clock.ts';
import { KeptTimer } from '../clock/kept-timer.ts';
import type { Role } from '../kind/role.ts';
import type { Actor, RoomKind } from '../kind/room-kind.ts';
import type { RoomBatch } from '../log/room-log.ts';
import { answerSenders, refuseSenders } from './answer-requests.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import { isAhead, readCursor, viewKeyOf } from './cursor.ts';
import { batchBounds, decideBatch, type Decision } from './decide-batch.ts';
import { Denials } from './denials.ts';
import type { DiffEvent } from './diff-event.ts';
import { logUnreachable, readAgain, roomGone, type RoomUnavailable, SendRefused, serverStops } from './errors.ts';
import { readTail } from './follow-log.ts';
import type { LoadedRoom } from './load-room.ts';
import type { DoneBy, EndReason, RoomEvent } from './room-event.ts';
import type { RoomFeed, SendAnswer, SendRequest, WatchOptions } from './room-hub.ts';
import type { RoomServices } from './room-services.ts';
import { RoomWatcher, type WatchedRoom } from './room-watcher.ts';
import { measureRequest } from './send-request.ts';
import { type Queued, SendQueue } from './send-queue.ts';
import { ShownRoom } from './shown-room.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import { TurnPace } from './turn-pace.ts';
import { ViewFeed } from './view-feed.ts';

/**
 * One open room on one node: the only thing that touches its state. Requests wait in a queue; one loop decides,
 * commits, and only then answers and tells the watchers. Nothing is seen that is not on disk.
 */
export class RoomActor implements WatchedRoom {
  readonly kind: RoomKind;
  readonly #services: RoomServices;
  readonly #queue: SendQueue;
  readonly #shown: ShownRoom;
  readonly #snapshots: SnapshotKeeper;
  readonly #pace: TurnPace;
  readonly #watchers = new Set<RoomWatcher>();
  /** By view key: one for each role that somebody has here. */
  readonly #feeds = new Map<string, ViewFeed>();
  readonly #doubted = new WeakSet<Queued>();
  readonly #idleTimer: KeptTimer;
  readonly #pollTimer: KeptTimer;
  readonly #topic: string;
  readonly #unsubscribe: () => void;
  readonly #onClosed: () => void;
  #room: ConfirmedRoom;
  /** Settles when the loop rests; null while it does. */
  #work: Promise<void> | null = null;
  /** The log may hold what this room has not seen. */
  #isBehind = false;
  readonly #denials: Denials;
  /** What is told to those who come too late; null while the room is open. */
  #closedWith: SendRefused | RoomUnavailable | null = null;

  constructor(
    services: RoomServices,
    kind: RoomKind,
    opts: { readonly loaded: LoadedRoom; readonly onClosed: () => void },
  ) {
    const { limits, clock, bus } = services;
    this.kind = kind;
    this.#services = services;
    this.#denials = new Denials(services);
    this.#onClosed = opts.onClosed;
    this.#room = opts.loaded.room;
    this.#queue = new SendQueue(limits);
    this.#shown = new ShownRoom(services, kind, opts.loaded.room);
    this.#snapshots = new SnapshotKeeper(services, kind, opts.loaded.snapshotVer);
    this.#pace = new TurnPace(services, opts.loaded.room.roomId);
    this.#idleTimer = new KeptTimer(clock, () => void this.closeIfIdle());
    this.#pollTimer = new KeptTimer(clock, () => void this.#look());
    for (const batch of opts.loaded.tail) this.#tell(batch);
    this.#topic = `room/${this.#room.roomId}`;
    this.#unsubscribe = bus.subscribe(this.#topic, (message) => {
      if (Number(message) > this.ver) void this.#look();
    });
    this.#setTimers();
  }

  get epoch(): number {
    return this.#room.epoch;
  }

  get ver(): number {
    return this.#room.ver;
  }

  /** Nobody watches and nothing waits; what was decided last may still be on its way to disk. */
  get isIdle(): boolean {
    return this.#watchers.size === 0 && this.#queue.isEmpty;
  }

  get isClosed(): boolean {
    return this.#closedWith !== null;
  }

  /** Throws `SendRefused` at once when the request may not wait; settles after the commit. Null when the room closed meanwhile. */
  send(actor: () => Actor | null, request: SendRequest): Promise<SendAnswer> | null {
    if (this.#closedWith instanceof SendRefused) throw this.#closedWith;
    if (this.isClosed) return null;
    const bytes = measureRequest(request, this.#services.limits);
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, bytes, actor, resolve, reject });
      this.#wake();
    });
  }

  /** Null when the room closed meanwhile. Never shows less than the cursor has: rejects with `RoomUnavailable` instead. */
  async watch(opts: WatchOptions): Promise<RoomWatcher | null> {
    const cursor = readCursor(opts.cursor);
    if (cursor !== null && isAhead(cursor, this)) {
      await this.#look();
      if (this.#isBehind) throw logUnreachable();
    }
    const { epoch } = this;
    const isOurs = cursor?.epoch === epoch && cursor.viewKey === viewKeyOf(this.kind, opts.role);
    const missed = isOurs && !isAhead(cursor, this) ? await this.#shown.startAt(cursor.ver) : null;
    // No pause from here on: what follows `missed` is in the ring, or will wake the watcher.
    if (this.isClosed) return null;
    const isInReach = missed?.ver != null && epoch === this.epoch && this.#shown.reaches(missed.ver);
    const watcher = new RoomWatcher(this, opts, isInReach ? missed : { ver: null, event: null });
    if (!opts.signal.aborted) this.#watchers.add(watcher);
    this.#setTimers();
    return watcher;
  }

  since(ver: number): DiffEvent | null {
    return this.#shown.since(ver);
  }

  snapshotFor(viewer: { readonly userId: string; readonly role: Role }): RoomEvent {
    return this.#shown.snapshotFor(viewer);
  }

  each(ver: number, most: number): readonly DiffEvent[] | null {
    return this.#shown.each(ver, most);
  }

  feedOf(role: Role): RoomFeed {
    const viewKey = viewKeyOf(this.kind, role);
    const feed = this.#feeds.get(viewKey) ?? new ViewFeed(this, viewKey);
    this.#feeds.set(viewKey, feed);
    return feed;
  }

  leave(watcher: RoomWatcher): void {
    if (this.#watchers.delete(watcher)) this.#setTimers();
  }

  /** Ends every watcher and forgets the room, without a snapshot: it was deleted. */
  async evict(reason: EndReason, by?: DoneBy): Promise<void> {
    this.#close(reason, roomGone(), by);
    await this.#work;
  }

  /** Commits what waits, writes a snapshot, ends the watchers, closes. */
  async drain(): Promise<void> {
    this.#pace.hurry();
    do {
      while (this.#work !== null) await this.#work;
      if (this.isClosed) return;
      await this.#snapshots.save(this.#room);
    } while (this.#work !== null);
    this.#close('draining', serverStops());
  }

  /** Writes a snapshot and closes, unless somebody came meanwhile. */
  async closeIfIdle(): Promise<void> {
    await this.#work;
    if (!this.isIdle || this.isClosed) return;
    await this.#snapshots.save(this.#room);
    if (this.isIdle && this.#work === null) this.#close('draining', readAgain());
  }

  #wake(): void {
    if (this.#work !== null || this.isClosed) return;
    // What arrives in the same turn goes to disk together, and costs nobody who is alone more than the rest of the turn.
    this.#work = this.#services.clock
      .turn()
      .then(() => this.#run())
      .finally(() => {
        this.#work = null;
        if (this.#queue.isEmpty) this.#setTimers();
        else this.#wake();
      });
    this.#setTimers();
  }

  async #run(): Promise<void> {
    try {
      while (!this.isClosed && (this.#isBehind || !this.#queue.isEmpty)) {
        const isReachable = this.#isBehind ? (await this.#catchUp()) !== null : await this.#flush();
        if (isReachable) continue;
        this.#queue.refuseAll(logUnreachable());
        return;
      }
    } catch (cause) {
      // A state that does not follow its own log is worth nothing: whoever comes next reads it from disk.
      this.#services.report({ type: 'room-failed', roomId: this.#room.roomId, cause });
      this.#close('draining', readAgain(cause));
    }
  }

  /** One group commit; false when the log could not be reached. */
  async #flush(): Promise<boolean> {
    const { clock } = this.#services;
    const started = clock.precise();
    const decision = this.#decide();
    const used = clock.precise() - started;
    const taken = this.#queue.take(decision.outcomes.length);
    const kept = refuseSenders(decision.outcomes, this.#doubted);
    this.#isBehind ||= kept.some(({ results }) => results === null);
    const outcome = await this.#commit(decision).catch((cause: unknown) => {
      // They are refused with all who wait: whoever was taken and never answered would hope for ever.
      this.#putBack(taken);
      throw cause;
    });
    this.#putBack(
      outcome === 'committed'
        ? answerSenders(kept, { epoch: this.epoch, ver: this.ver })
        : kept.map(({ waiting }) => waiting),
    );
    await this.#pace.rest(used);
    return outcome !== 'unavailable';
  }

  #decide(): Decision<Queued> {
    const { clock, limits, report } = this.#services;
    const { roomId } = this.#room;
    return decideBatch(this.#queue.waiting, {
      kind: this.kind,
      room: this.#room,
      ended: this.#denials.ended,
      now: clock.now(),
      bounds: batchBounds(clock, limits),
      onFailure: (command, cause) => report({ type: 'command-failed', roomId, command, cause }),
    });
  }

  #nextBatch({ diff, commands }: Decision<Queued>): RoomBatch {
    const { newId, node, clock } = this.#services;
    return this.#room.nextBatch({ batchId: newId(), node, at: clock.now(), diff, commands });
  }

  async #commit(decision: Decision<Queued>): Promise<'committed' | 'conflict' | 'unavailable'> {
    if (decision.commands.length === 0) return 'committed';
    const { log, clock, limits, outages } = this.#services;
    const batch = this.#nextBatch(decision);
    let failure: unknown = new Error('The log refuses a batch, and holds nothing that would say why.');
    for (let attempt = 0; attempt <= limits.retryTimes.length; attempt += 1) {
      const outcome = await withDeadline(clock, log.append(batch, decision.actors), limits.logTime).catch(
        (cause: unknown) => {
          failure = cause;
          return null;
        },
      );
      if (outcome?.ok === true) {
        outages.worked(batch.roomId, 'writing');
        this.#confirm(batch);
        this.#denials.over();
        return 'committed';
      }
      if (outcome?.reason === 'denied') return await this.#denials.recheck(batch.roomId, decision.actors);
      // Refused, or unknown: the log itself says whether this batch is in it.
      const seen = await this.#catchUp();
      if (seen === null) return 'unavailable';
      if (seen.some(({ batchId }) => batchId === batch.batchId)) return 'committed';
      if (this.#room.hash !== batch.prevHash) return 'conflict';
    }
    outages.failed(batch.roomId, 'writing', failure);
    this.#isBehind = true;
    return 'unavailable';
  }

  /** Applies and answers what the log holds behind this room; null when the log does not answer. */
  async #catchUp(): Promise<readonly RoomBatch[] | null> {
    this.#isBehind = false;
    const tail = await readTail(this.#services, this.kind, this.#room);
    if (tail === null) {
      this.#isBehind = true;
      return null;
    }
    if (tail.type === 'other') return this.#restart(tail.loaded);
    for (const batch of tail.batches) this.#confirm(batch);
    return tail.batches;
  }

  #restart(loaded: LoadedRoom): readonly RoomBatch[] {
    const epoch = Math.max(loaded.room.epoch, this.#room.epoch + 1);
    this.#room = loaded.room;
    this.#room.epoch = epoch;
    this.#shown.restart(this.#room);
    this.#snapshots.restart(loaded.snapshotVer);
    for (const batch of loaded.tail) this.#tell(batch);
    for (const watcher of this.#watchers) watcher.restart();
    this.#services.report({ type: 'new-epoch', roomId: this.#room.roomId, epoch });
    return loaded.tail;
  }

  #confirm(batch: RoomBatch): void {
    this.#room.apply(batch);
    this.#tell(batch);
    for (const watcher of this.#watchers) watcher.wakeForBatch();
    for (const feed of this.#feeds.values()) feed.tell();
    if (batch.node === this.#services.node) this.#services.bus.publish(this.#topic, String(batch.ver));
    this.#snapshots.saveIfDue(this.#room);
  }

  #tell(batch: RoomBatch): void {
    const bytes = JSON.stringify(batch.diff).length;
    this.#shown.tell(batch, bytes);
    this.#snapshots.note(bytes + JSON.stringify(batch.commands).length);
  }

  #putBack(waiting: readonly Queued[]): void {
    this.#queue.putBack(waiting);
    if (this.#closedWith !== null) this.#queue.refuseAll(this.#closedWith);
  }

  /** Reads what the log holds behind this room, after what is being done now. */
  async #look(): Promise<void> {
    this.#isBehind = true;
    this.#wake();
    await this.#work;
  }

  /** The timers that belong to what the room is doing now. */
  #setTimers(): void {
    const { idleTime, repairTime, pollTime } = this.#services.limits;
    const isResting = !this.isClosed && this.#work === null;
    const poll = this.#watchers.size > 0 ? pollTime : null;
    this.#idleTimer.keep(isResting && this.isIdle ? idleTime : null);
    this.#pollTimer.keep(isResting ? (this.#isBehind ? repairTime : poll) : null);
  }

  #close(reason: EndReason, refusal: SendRefused | RoomUnavailable, by?: DoneBy): void {
    if (this.isClosed) return;
    this.#closedWith = refusal;
    this.#queue.refuseAll(refusal);
    this.#unsubscribe();
    this.#setTimers();
    for (const watcher of this.#watchers) watcher.end(reason, by);
    this.#onClosed();
  }
}
