/** For tests: a board as the server decides it, and canvases whose people edit at once over slow connections. */
import { type BoardElement, boardKind, canonicalElement, checkElement } from '@atrium/kinds/board';
import { type Actor, createTx, type Diff, RoomState, runCommand } from '@atrium/rooms/kind';
import { expect } from 'vitest';
import { BoardSync, type EditCommand, type Outcome } from './board-sync.ts';
import type { SceneElement, Stamp } from './scene-element.ts';
import { compareKeys } from './scene-order.ts';

type Message =
  | { readonly diff: Diff; readonly from: Canvas; readonly number: number }
  | { readonly number: number; readonly outcome: Outcome };

export interface World {
  readonly state: RoomState;
  readonly clients: Canvas[];
  /** The server's clock, milliseconds. */
  now: number;
  /** Makes the server decide the next command that this client has sent; false when there is none. */
  decideOne(client: Canvas): boolean;
  /** Lets the client receive its next message; false when there is none. */
  deliverOne(client: Canvas): boolean;
  /** Sends, decides and delivers until nothing is left to do. */
  settle(): void;
}

/** One person's canvas, their copy of the records with what is unanswered on top, and what travels to and from them. */
export class Canvas {
  readonly records = new RoomState(['element', 'meta']);
  readonly sync: BoardSync;
  readonly underPen = new Set<string>();
  readonly outbox: EditCommand[] = [];
  readonly inbox: Message[] = [];
  elements: SceneElement[] = [];
  private readonly stamp: Stamp;
  private readonly actor: Actor;
  private unanswered: EditCommand[] = [];
  private shown = createTx(this.records);
  private painted: readonly string[] = [];

  constructor(stamp: Stamp, actor: Actor) {
    this.stamp = stamp;
    this.actor = actor;
    const toHex = (css: string) => (css === 'rgb(200, 30, 30)' ? '#c81e1e' : css);
    this.sync = new BoardSync({ stamp, toHex, confirmed: (id) => this.confirmed(id) });
  }

  get(id: string): SceneElement | undefined {
    return this.elements.find((element) => element.id === id);
  }

  confirmed(id: string): BoardElement | undefined {
    const record = this.shown.get('element', id);
    if (!record) return undefined;
    const checked = checkElement(record);
    if (!checked.ok) throw new Error(checked.sentence);
    return checked.element;
  }

  /** The person changes an element (in place, as the canvas does) or makes a new one. */
  draw(id: string, props: object): void {
    const element = this.get(id);
    if (element) Object.assign(element, props, this.stamp(element.version));
    else this.elements.push({ ...blank(id), ...props, ...this.stamp(0) });
    // The canvas keeps its list in z-order whatever the person does.
    this.elements.sort((one, other) => compareKeys(one.index, other.index));
  }

  /** The canvas takes elements off without a mark, as it does with what is unfinished. */
  drop(...ids: readonly string[]): void {
    this.elements = this.elements.filter(({ id }) => !ids.includes(id));
  }

  /** What the page does 20 times a second. */
  flush(): void {
    this.sync.noteScene(this.elements);
    for (let command = this.take(); command; command = this.take()) this.outbox.push(command);
    this.paint();
  }

  /** What the page does with a frame. */
  paint(): void {
    this.sync.noteScene(this.elements);
    const next = this.sync.show(this);
    if (!next) return;
    this.elements = next;
    this.sync.absorb(next);
  }

  receive(message: Message): void {
    if ('diff' in message) {
      this.records.apply(message.diff);
      this.sync.noteConfirmed(Object.keys(message.diff['element'] ?? {}));
    }
    if (!('diff' in message) || message.from === this) this.over(message.number);
    else this.rerun();
    if ('outcome' in message) this.sync.settle(message.number, message.outcome);
  }

  private take(): EditCommand | null {
    const command = this.sync.takeCommand(this);
    if (command) this.unanswered.push(command);
    this.rerun();
    return command;
  }

  private over(number: number): void {
    this.unanswered = this.unanswered.filter((command) => command.number !== number);
    this.rerun();
  }

  /** What the room's store does: the unanswered commands on top of what is confirmed now. */
  private rerun(): void {
    const before = this.painted;
    this.shown = createTx(this.records);
    for (const { ops } of this.unanswered) {
      runCommand(boardKind, this.shown, { name: 'edit', input: { ops } }, { actor: this.actor, now: 0 });
    }
    this.painted = Object.keys(this.shown.diff()['element'] ?? {});
    this.sync.noteConfirmed([...before, ...this.painted]);
  }
}

function blank(id: string): SceneElement & { [key: string]: unknown } {
  const checked = checkElement({ id, type: 'rectangle', x: 0, y: 0, width: 10, height: 10 });
  if (!checked.ok) throw new Error(checked.sentence);
  return { ...checked.element, index: 'a0', version: 1, versionNonce: 1, isDeleted: false };
}

/** What the canvas holds of a new text beside what every element has. */
export const blankText = {
  type: 'text',
  text: '',
  originalText: '',
  fontSize: 20,
  fontFamily: 5,
  textAlign: 'left',
  verticalAlign: 'top',
  containerId: null,
  autoResize: true,
  lineHeight: 1.25,
};

/** `role` of everyone; what it forbids is refused as the real server refuses it. */
export function createWorld(count: number, role: 'editor' | 'viewer' = 'editor'): World {
  let nonce = 0;
  const stamp: Stamp = (version) => ({ version: version + 1, versionNonce: ++nonce, updated: 0 });
  const state = new RoomState(boardKind.collections);
  const actor = { userId: 'u', name: 'U', role } as const;
  const clients = Array.from({ length: count }, () => new Canvas(stamp, actor));

  const decideOne = (client: Canvas): boolean => {
    const command = client.outbox.shift();
    if (!command) return false;
    const tx = createTx(state);
    const decided = runCommand(boardKind, tx, { name: 'edit', input: { ops: command.ops } }, { actor, now: world.now });
    if (decided.ok) {
      state.apply(decided.diff);
      const { tombstone: _hidden, ...diff } = decided.diff;
      for (const each of clients) each.inbox.push({ diff, from: client, number: command.number });
      client.inbox.push({ number: command.number, outcome: 'accepted' });
    } else {
      client.inbox.push({ number: command.number, outcome: decided.code === 'unknown' ? 'unknown' : 'refused' });
    }
    return true;
  };
  const deliverOne = (client: Canvas): boolean => {
    const message = client.inbox.shift();
    if (!message) return false;
    client.receive(message);
    return true;
  };
  const settle = () => {
    for (let isBusy = true; isBusy;) {
      isBusy = false;
      for (const client of clients) {
        client.flush();
        while (decideOne(client)) isBusy = true;
      }
      for (const client of clients) while (deliverOne(client)) isBusy = true;
      for (const client of clients) client.paint();
    }
  };
  const world: World = { state, clients, now: 0, decideOne, deliverOne, settle };
  return world;
}

/** The canvas as the server would store it, by id: equal on all canvases when they agree. */
export function visible(elements: readonly SceneElement[]): { [id: string]: BoardElement | null } {
  const here = elements.filter((element) => !element.isDeleted);
  return Object.fromEntries(here.map((element) => [element.id, canonicalElement(element)]));
}

/** Two people at one board. */
export function pair(role?: 'editor' | 'viewer') {
  const world = createWorld(2, role);
  const [a, b] = world.clients;
  if (!a || !b) throw new Error('two canvases');
  return { world, a, b };
}

/** Everybody sees what the server has. */
export function expectAgreement(world: World): void {
  const records = Object.fromEntries(world.state.entries('element'));
  for (const client of world.clients) expect(visible(client.elements)).toEqual(records);
}
