/**
 * Decides what the canvas and the server tell each other. Pure: no timer, no network, no canvas.
 *
 * For each element it remembers a shadow (what the server will have once everything sent is accepted) and which
 * properties wait for which command. From these follow both directions: what differs between the shadow and the canvas
 * is to be sent; what differs between the shadow and the server's record, and waits for nothing, is to be shown.
 * So two people may change different properties of one element at once, and both changes stay.
 *
 * Rules: an element under the pen is never replaced (what arrives for it waits until the pen is up); an edit does not
 * bring back what somebody else deleted, unless that was so long ago that the server says `unknown` (then it is put
 * again); what the rules of a board refuse disappears from the canvas.
 */
import { type BoardElement, type BoardOp, canonicalElement, foldMoves } from '@atrium/kinds/board';
import { AwaitedReferences } from './awaited-references.ts';
import { type HexColour, withHexColours } from './hex-colour.ts';
import { differentKeys, mergeElement } from './merge-element.ts';
import { maxBytes, maxOps, packCommand } from './pack-command.ts';
import { changedCopy, type SceneElement, type Stamp, toSceneElement } from './scene-element.ts';
import { SceneMemory } from './scene-memory.ts';
import { inOrder } from './scene-order.ts';

/** The property name under which the existence of an element waits for an answer. */
const existence = '*';

interface Entry {
  /** Undefined: the server does not have it, or will not once everything sent is accepted. */
  shadow: BoardElement | undefined;
  /** Property name -> number of the last command that holds it. */
  readonly pending: Map<string, number>;
}

export interface EditCommand {
  /** Hand it back with the outcome. */
  readonly number: number;
  readonly ops: readonly BoardOp[];
  readonly bytes: number;
}

export type Outcome = 'accepted' | 'refused' | 'unknown';

export interface BoardSyncOptions {
  /** The server's record, as it is now. */
  readonly confirmed: (id: string) => BoardElement | undefined;
  readonly stamp: Stamp;
  readonly toHex: HexColour;
}

export interface Scene {
  /** Everything on the canvas, elements that are marked as deleted included. */
  readonly elements: readonly SceneElement[];
  /** Ids of the elements that the person is drawing, writing or resizing at this moment. */
  readonly underPen: ReadonlySet<string>;
}

export class BoardSync {
  private readonly opts: BoardSyncOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly memory = new SceneMemory();
  private readonly awaited = new AwaitedReferences();
  private readonly touched = new Set<string>();
  /** Taken off the canvas by the canvas itself, and not yet gone from the server. */
  private readonly dropped = new Set<string>();
  private readonly toShow = new Set<string>();
  private readonly inFlight = new Map<number, readonly string[]>();
  private readonly refused: string[] = [];
  private lastNumber = 0;

  constructor(opts: BoardSyncOptions) {
    this.opts = opts;
  }

  /** True when something waits to be sent. */
  get hasChanges(): boolean {
    return this.touched.size > 0;
  }

  /** True when something waits to be shown. */
  get hasNews(): boolean {
    return this.toShow.size > 0;
  }

  /**
   * Looks for what the person changed since the last look. An unfinished element (an arrow given up with Escape, a shape
   * dragged back to nothing) the canvas takes off without a mark, one at a time: that is a removal. Several that are
   * missing at once mean that the scene was replaced, which is nobody's wish: they are shown again.
   */
  noteScene(elements: readonly SceneElement[]): void {
    const { changed, missing } = this.memory.look(elements);
    for (const id of changed) {
      this.touched.add(id);
      this.dropped.delete(id);
    }
    if (missing.length > 1) return this.noteConfirmed(missing);
    for (const id of missing) {
      this.touched.add(id);
      this.dropped.add(id);
    }
  }

  /** Takes over what the canvas made of our own update (it may repair z-order keys): none of it is the person's. */
  absorb(elements: readonly SceneElement[]): void {
    const changed = new Set(this.memory.look(elements).changed);
    for (const { id, index } of elements) if (changed.has(id)) this.setShadowIndex(id, index);
  }

  /** Records with these ids may have changed. */
  noteConfirmed(ids: Iterable<string>): void {
    for (const id of ids) this.toShow.add(id);
  }

  /** The whole state was replaced: looks at everything there is on either side. */
  noteSnapshot(ids: Iterable<string>): void {
    this.noteConfirmed(ids);
    this.noteConfirmed(this.entries.keys());
  }

  /** The next command, or null when there is nothing to send. Ask again until null: a large change takes several. */
  takeCommand({ elements, underPen }: Scene): EditCommand | null {
    const scene = new Map(elements.map((element) => [element.id, element]));
    const wanted = this.takeTouched(scene, underPen);
    const packed = packCommand(wanted, (id) => this.entries.get(id)?.shadow);
    const number = this.lastNumber + 1;
    const ops: BoardOp[] = [];
    const ids: string[] = [];
    for (const [id, canonical] of wanted) {
      const fitting = packed.get(id);
      if (!fitting) this.touched.add(id);
      else if (canonical && fitting.after) this.awaited.note(canonical, fitting.after);
      if (!fitting || fitting.ops.length === 0) continue;
      this.hold(id, fitting.after, number);
      ops.push(...fitting.ops);
      ids.push(id);
    }
    if (ops.length === 0) return null;
    this.lastNumber = number;
    this.inFlight.set(number, ids);
    return { number, ops: foldMoves(ops), bytes: JSON.stringify(ops).length };
  }

  /** Types of what was taken off the canvas because a board cannot hold it, since the last call. */
  takeRefused(): readonly string[] {
    return this.refused.splice(0);
  }

  /**
   * A command was answered, and the records show it. `unknown`: one of its elements was deleted more than a minute ago,
   * so nothing of it was done; all of it is sent again, and what is gone is put. `refused`: the canvas goes back to
   * what the server has.
   */
  settle(number: number, outcome: Outcome): void {
    for (const id of this.inFlight.get(number) ?? []) {
      const entry = this.entries.get(id);
      if (!entry) continue;
      for (const [key, waitsFor] of entry.pending) if (waitsFor === number) entry.pending.delete(key);
      this.toShow.add(id);
      if (outcome !== 'unknown') continue;
      entry.shadow = this.opts.confirmed(id);
      this.touched.add(id);
    }
    this.inFlight.delete(number);
  }

  /**
   * The elements for the canvas after everything that arrived, in z-order; null when nothing is to be shown.
   * Elements under the pen stay the same objects.
   */
  show(scene: Scene): SceneElement[] | null {
    const next = new Map(scene.elements.map((element) => [element.id, element]));
    let isChanged = false;
    for (const id of this.toShow) {
      if (scene.underPen.has(id)) continue;
      this.toShow.delete(id);
      const before = next.get(id);
      const after = this.shown(id, before);
      if (!after || after === before) continue;
      isChanged = true;
      next.set(id, after);
      this.memory.know(after);
    }
    if (!isChanged) return null;
    return inOrder([...next.values()], {
      isConfirmed: (id) => this.opts.confirmed(id)?.index === next.get(id)?.index,
      rekey: (element, index) => this.rekey(element, index, scene.underPen),
    });
  }

  /** Forgets every change that was not sent: the canvas goes back to what the server has. Answers whose changes they were. */
  dropChanges(): readonly string[] {
    const ids = [...this.touched];
    for (const id of this.touched) {
      this.entryOf(id).shadow = undefined;
      this.toShow.add(id);
    }
    this.touched.clear();
    this.dropped.clear();
    return ids;
  }

  /** Canonical forms of what was touched and may be sent now, null for what is gone; new elements come first. */
  private takeTouched(scene: ReadonlyMap<string, SceneElement>, underPen: ReadonlySet<string>) {
    const fresh = new Map<string, BoardElement | null>();
    const known = new Map<string, BoardElement | null>();
    let freshBytes = 0;
    for (const id of this.touched) {
      const element = scene.get(id);
      if (this.isInDoubt(id) || (!element && underPen.has(id))) continue;
      const canonical = this.canonical(element);
      if (element && !element.isDeleted && !canonical) {
        // A shape that has no size yet, a text without letters: it will have, or the canvas removes it by itself.
        if (!underPen.has(id)) this.giveUp(element);
        continue;
      }
      const isFresh = canonical && !this.entries.get(id)?.shadow;
      if (isFresh) freshBytes += JSON.stringify(canonical).length;
      if (isFresh && fresh.size > 0 && (freshBytes > maxBytes / 2 || fresh.size >= maxOps / 2)) continue;
      this.touched.delete(id);
      if (element || this.dropped.has(id)) (isFresh ? fresh : known).set(id, canonical);
    }
    return new Map([...fresh, ...known]);
  }

  /** The rules refuse it: the canvas goes back to what the server has. */
  private giveUp(element: SceneElement): void {
    this.touched.delete(element.id);
    if (isUnfinished(element)) return;
    const entry = this.entryOf(element.id);
    entry.shadow = undefined;
    this.toShow.add(element.id);
    this.refused.push(element.type);
  }

  /** From now on the server is believed to have `canonical`, and what that changes waits for command `number`. */
  private hold(id: string, canonical: BoardElement | null, number: number): void {
    const entry = this.entryOf(id);
    const { shadow } = entry;
    entry.shadow = canonical ?? undefined;
    if (!canonical || !shadow) entry.pending.set(existence, number);
    if (!canonical) return;
    if (!shadow) for (const referrer of this.awaited.take(id)) this.touched.add(referrer);
    for (const key of differentKeys(shadow ?? {}, canonical)) entry.pending.set(key, number);
  }

  /** What the canvas should show for this id: the same object when nothing changes, undefined for nothing. */
  private shown(id: string, element: SceneElement | undefined): SceneElement | undefined {
    const { confirmed: read, stamp } = this.opts;
    const confirmed = read(id);
    const entry = this.entryOf(id);
    const isOurs = entry.pending.has(existence);
    if (!confirmed) {
      const isNew = this.touched.has(id) && !entry.shadow && this.isSendable(element);
      if (isOurs || isNew || this.isInDoubt(id)) return element;
      this.forget(id);
      return element && !element.isDeleted ? changedCopy(element, { isDeleted: true }, stamp) : element;
    }
    if (!element || element.isDeleted) {
      // Deleted here, and the server has not decided that yet.
      const isDeletedHere = element !== undefined || this.dropped.has(id);
      if (isDeletedHere && (isOurs || (this.touched.has(id) && entry.shadow))) return element;
      entry.shadow = confirmed;
      this.touched.delete(id);
      this.dropped.delete(id);
      return element ? changedCopy(element, confirmed, stamp) : toSceneElement(confirmed, stamp);
    }
    return this.merged(element, entry, confirmed);
  }

  private merged(element: SceneElement, entry: Entry, confirmed: BoardElement): SceneElement {
    const { shadow } = entry;
    const isTouched = this.touched.has(element.id);
    const local = isTouched || !shadow ? this.canonical(element) : shadow;
    if (!shadow || !local || shadow.type !== confirmed.type) {
      entry.shadow = confirmed;
      this.touched.delete(element.id);
      return changedCopy(element, confirmed, this.opts.stamp);
    }
    const dirty = isTouched ? differentKeys(shadow, local) : [];
    const merge = mergeElement({ shadow, confirmed, pending: entry.pending.keys(), dirty });
    entry.shadow = merge.shadow;
    return merge.changes ? changedCopy(element, merge.changes, this.opts.stamp) : element;
  }

  private rekey(element: SceneElement, index: string, underPen: ReadonlySet<string>): SceneElement {
    const stamp = this.opts.stamp(element.version);
    const rekeyed = underPen.has(element.id)
      ? Object.assign(element, { index, ...stamp })
      : { ...element, index, ...stamp };
    this.memory.know(rekeyed);
    this.setShadowIndex(element.id, index);
    return rekeyed;
  }

  /** The key is not the person's wish: it is not sent. One that they did wish and that was not sent yet stays to be. */
  private setShadowIndex(id: string, index: string | null): void {
    const entry = this.entries.get(id);
    if (entry?.shadow && !this.touched.has(id)) entry.shadow = { ...entry.shadow, index };
  }

  /** Somebody else removed it while edits of ours were on their way: their answer says what becomes of it. */
  private isInDoubt(id: string): boolean {
    const entry = this.entries.get(id);
    if (!entry?.shadow || entry.pending.size === 0 || entry.pending.has(existence)) return false;
    return this.opts.confirmed(id) === undefined;
  }

  private isSendable(element: SceneElement | undefined): boolean {
    return element !== undefined && (this.canonical(element) !== null || isUnfinished(element));
  }

  /** As the server would store it; null for what it would not, and for what is deleted. */
  private canonical(element: SceneElement | undefined): BoardElement | null {
    return element ? canonicalElement(withHexColours(element, this.opts.toHex)) : null;
  }

  /** It is neither here nor on the server. */
  private forget(id: string): void {
    this.entries.delete(id);
    this.touched.delete(id);
    this.dropped.delete(id);
  }

  private entryOf(id: string): Entry {
    const entry = this.entries.get(id) ?? { shadow: undefined, pending: new Map<string, number>() };
    this.entries.set(id, entry);
    return entry;
  }
}

/** An element that the rules would let in but that is not worth sending: the canvas keeps or removes it by itself. */
function isUnfinished(element: object): boolean {
  const points: unknown = Reflect.get(element, 'points');
  if (Array.isArray(points)) return points.length < 2;
  const [width, height, text]: unknown[] = ['width', 'height', 'text'].map((key) => Reflect.get(element, key));
  return text === '' || (width === 0 && height === 0);
}
