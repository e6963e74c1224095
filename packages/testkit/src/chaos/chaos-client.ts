import { MemoryOutbox, openRoom, type Room } from '@atrium/client';
import type { StateJson } from '@atrium/rooms';
import { isSameJson } from '@atrium/rooms/kind';
import { openPersonClient, type PersonClient } from '../person-client.ts';
import type { Person } from '../person.ts';
import { until } from '../until.ts';
import type { Script, ScriptedKind } from './script.ts';

export interface ChaosClientOptions {
  /** Its name in the script. */
  readonly name: string;
  readonly person: Person;
  readonly roomId: string;
  /** The server, or a proxy in front of it. */
  readonly url: string;
  readonly script: Script;
}

/**
 * A person in a tab who follows a script, reloads the page, and keeps account of what was typed and acknowledged.
 * Whatever it sees that must not be is one of its `flaws`.
 */
export class ChaosClient implements AsyncDisposable {
  readonly name: string;
  readonly flaws: string[] = [];
  /** How many commands of the script it has given to our client. */
  typed = 0;
  /** How many of them the server answered while the page lived that had typed them. */
  acknowledged = 0;
  reloads = 0;
  readonly #opts: ChaosClientOptions;
  readonly #outbox = new MemoryOutbox();
  readonly #wakes = new Set<() => void>();
  readonly #earlier = { snapshot: 0, diff: 0 };
  #page: PersonClient;
  #room: Room<ScriptedKind>;

  constructor(opts: ChaosClientOptions) {
    this.name = opts.name;
    this.#opts = opts;
    [this.#page, this.#room] = this.#open();
  }

  get room(): Room<ScriptedKind> {
    return this.#room;
  }

  get isLive(): boolean {
    return this.#room.status.get().phase === 'live';
  }

  /** Events of each type that came in, over all sockets of all its pages. */
  count(type: 'snapshot' | 'diff'): number {
    return this.#earlier[type] + this.#page.count(type);
  }

  /** Does the next `count` commands of the script, without waiting for answers. */
  type(count = 1): void {
    for (let left = count; left > 0; left -= 1) void this.#typeOne();
  }

  /** The browser's word that the network is back. */
  tellOnline(): void {
    for (const wake of [...this.#wakes]) wake();
  }

  /**
   * The page is gone from one moment to the next, and there is a new one with what the device kept. Answers false, and
   * does nothing, while something is not kept yet: nobody promises to keep that.
   */
  async reload(): Promise<boolean> {
    if (this.#room.unkept.get() > 0) return false;
    this.reloads += 1;
    const before = this.#page;
    for (const type of ['snapshot', 'diff'] as const) this.#earlier[type] += before.count(type);
    const died = before.kill();
    [this.#page, this.#room] = this.#open();
    await died;
    return true;
  }

  /** Resolves when the server has answered everything that was typed, in whatever page. */
  async delivered(patience: number): Promise<void> {
    const what = `${this.name} delivers what it typed`;
    const identity = await this.#page.client.identity();
    const isDone = async () =>
      this.#room.pending.get() === 0 && (await this.#outbox.count(identity?.userId ?? '')) === 0 && this.isLive;
    await until(isDone, { what, patience });
  }

  /** Resolves when this page shows exactly this, confirmed and painted. */
  async shows(state: StateJson, patience: number): Promise<void> {
    const isSame = () =>
      Object.entries(state).every(([collection, records]) =>
        [this.#room.confirmed, this.#room.store].every((shown) =>
          isSameJson(Object.fromEntries(shown.entries(collection)), records),
        ),
      );
    await until(isSame, { what: `${this.name} shows what the server has`, patience });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#page.kill();
  }

  async #typeOne(): Promise<void> {
    const n = this.typed;
    this.typed += 1;
    const page = this.#page;
    const { name, input } = this.#opts.script.command(this.name, n);
    try {
      const result = await this.#room.send(name, input);
      if (result.ok) this.acknowledged += 1;
    } catch (error) {
      if (!page.isKilled) this.flaws.push(`${this.name} was not answered to command ${n}: ${String(error)}`);
    }
  }

  #open(): [PersonClient, Room<ScriptedKind>] {
    const { person, url, script, roomId } = this.#opts;
    const page = openPersonClient(person, url, {
      outbox: this.#outbox,
      wake: (wake) => {
        this.#wakes.add(wake);
        return () => this.#wakes.delete(wake);
      },
    });
    const room = openRoom(page.client, { kind: script.kind, roomId });
    room.onRejected(({ name, message }) => this.flaws.push(`${this.name}: a ${name} was rejected: ${message}`));
    room.status.subscribe(() => {
      const { phase, endReason, refusal } = room.status.get();
      const isOver = !page.isKilled && (phase === 'ended' || phase === 'refused');
      if (isOver) this.flaws.push(`${this.name} was thrown out: ${endReason ?? refusal?.reason}`);
    });
    return [page, room];
  }
}
