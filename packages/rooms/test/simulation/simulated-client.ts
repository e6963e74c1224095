import { type Clock, sleep } from '../../src/clock/clock.ts';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import type { RoomEvent } from '../../src/hub/room-event.ts';
import type { RoomHub, SentCommand } from '../../src/hub/room-hub.ts';
import { RoomState } from '../../src/kind/room-state.ts';
import type { CommandResult } from '../../src/log/room-log.ts';
import type { Random } from './random.ts';

const simulatedRoom = { roomId: 'room', kind: 'tally' };

export interface ClientWorld {
  readonly clock: Clock;
  readonly random: Random;
  /** A hub that is up now. */
  readonly hub: () => RoomHub;
  readonly violation: (what: string) => void;
  /** Breaks the client: takes the snapshot first and subscribes afterwards. */
  readonly joinsInTwoSteps: boolean;
}

/** A person in a tab: numbers commands, repeats them until it knows the answer, watches, loses connections, resumes. */
export class SimulatedClient {
  readonly id: string;
  readonly total: number;
  readonly answers = new Map<number, CommandResult>();
  /** Numbers that were sent together, for the first time, and answered. */
  readonly atOnce: { readonly first: number; readonly last: number }[] = [];
  /** What the viewer shows. */
  state = new RoomState();
  ver = -1;
  epoch = 0;
  isCalm = false;
  /** How often it was caught up by diffs, and by a snapshot, after it had been away for a minute or more. */
  readonly returns = { diff: 0, snapshot: 0 };
  readonly #world: ClientWorld;
  #lastTried = 0;
  #cursor: string | undefined;
  #backAt = 0;
  #isLongAway = false;
  #connection = new AbortController();

  constructor(id: string, total: number, world: ClientWorld) {
    this.id = id;
    this.total = total;
    this.#world = world;
  }

  get isDone(): boolean {
    return this.answers.size === this.total;
  }

  disconnect(): void {
    this.#connection.abort();
  }

  /** Without a network for `ms`: nothing reaches it, and nothing of it reaches anybody. */
  leaveFor(ms: number): void {
    this.#backAt = this.#world.clock.now() + ms;
    this.#isLongAway ||= ms >= 60_000;
    this.disconnect();
  }

  get #isAway(): boolean {
    return this.#world.clock.now() < this.#backAt;
  }

  async #return(): Promise<void> {
    const { clock } = this.#world;
    while (this.#isAway) await sleep(clock, this.#backAt - clock.now());
  }

  /** Sends everything, in order, some of it twice or under way twice. */
  async send(): Promise<void> {
    const { clock, random } = this.#world;
    while (!this.isDone) {
      if (this.#isAway) await this.#return();
      const next = this.answers.size + 1;
      const count = Math.min(1 + random.below(3), this.total - next + 1);
      // Now and then it repeats what it has an answer to.
      const from = Math.max(1, next - (random.chance(0.2) ? random.below(4) : 0));
      const commands = Array.from({ length: next + count - from }, (_, index) => this.#command(from + index));
      const last = next + count - 1;
      const isFirstTry = next > this.#lastTried;
      this.#lastTried = Math.max(this.#lastTried, last);
      const tries = [this.#try(commands)];
      if (random.chance(0.2)) tries.push(this.#try(commands));
      await Promise.all(tries);
      if (isFirstTry && this.answers.has(last)) this.atOnce.push({ first: next, last });
      await sleep(clock, random.below(this.isCalm ? 5 : 60));
    }
  }

  async #try(commands: readonly SentCommand[]): Promise<void> {
    const { clock, random, hub, violation } = this.#world;
    const actor = () => ({ userId: `user-${this.id}`, name: this.id, role: 'editor' as const });
    const timeout = sleep(clock, 3_000).then(() => null);
    const sent = hub()
      .send(simulatedRoom, actor, { clientId: this.id, commands })
      .catch((error: unknown) => {
        if (!(error instanceof RoomUnavailable)) violation(`${this.id} was refused: ${String(error)}`);
        return null;
      });
    const answer = await Promise.race([sent, timeout]);
    if (answer === null || this.#isAway || (!this.isCalm && random.chance(0.2))) return;
    const isWhole = commands.every(({ seq }, index) => answer.results[index]?.seq === seq);
    if (!isWhole) violation(`${this.id} got a part of an answer`);
    for (const result of answer.results) this.#learn(result);
  }

  #learn(result: CommandResult): void {
    const known = this.answers.get(result.seq);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(result)) {
      this.#world.violation(`${this.id} got two answers to command ${result.seq}`);
    }
    this.answers.set(result.seq, result);
  }

  #command(seq: number): SentCommand {
    if (seq === 1) return { seq, name: 'put', input: { id: this.id, text: '' } };
    if (seq % 5 === 0) return { seq, name: 'refuse', input: { message: `Refused ${seq}.` } };
    return { seq, name: 'append', input: { id: this.id, items: [seq] } };
  }

  /** Watches until the world ends; a cut connection is resumed by cursor, at any hub. */
  async watch(signal: AbortSignal): Promise<void> {
    const { clock, random, hub, violation } = this.#world;
    while (!signal.aborted) {
      if (this.#isAway) await this.#return();
      this.#connection = new AbortController();
      const opts = { userId: `user-${this.id}`, role: 'editor' as const, signal: this.#connection.signal };
      try {
        let isIgnored = false;
        if (this.#world.joinsInTwoSteps && this.#cursor === undefined) {
          for await (const { event } of await hub().watch(simulatedRoom, opts)) {
            this.#see(event);
            break;
          }
          await sleep(clock, 20);
          isIgnored = true;
        }
        for await (const { cursor, event } of await hub().watch(simulatedRoom, { ...opts, cursor: this.#cursor })) {
          if (this.#connection.signal.aborted) break;
          if (isIgnored) isIgnored = false;
          else this.#see(event);
          this.#cursor = cursor;
          if (random.chance(0.2)) await sleep(clock, random.below(100));
        }
      } catch (error) {
        if (!(error instanceof RoomUnavailable)) violation(`${this.id} cannot watch: ${String(error)}`);
      }
      await sleep(clock, random.below(50));
    }
  }

  #see(event: RoomEvent): void {
    if (this.#isLongAway && (event.type === 'diff' || event.type === 'snapshot')) {
      this.#isLongAway = false;
      this.returns[event.type] += 1;
    }
    const flaw = follow(event, this);
    if (flaw !== null) this.#world.violation(`${this.id} ${flaw}`);
  }
}

/** Does what a client does with an event; answers what is wrong with it, if anything. */
function follow(event: RoomEvent, client: { state: RoomState; ver: number; epoch: number }): string | null {
  if (event.type === 'snapshot') {
    const isBack = event.epoch === client.epoch && event.ver < client.ver;
    const from = client.ver;
    client.state = RoomState.fromJson(event.state);
    client.ver = event.ver;
    client.epoch = event.epoch;
    return isBack ? `went back from ${from} to ${event.ver}` : null;
  }
  if (event.type !== 'diff') return null;
  if (event.prev !== client.ver) return `has ${client.ver} and got a diff from ${event.prev}`;
  client.state.apply(event.diff);
  client.ver = event.ver;
  return null;
}
