/**
 * Ties one canvas to one room: the thin, impure half of the adapter. What to send and what to show is decided in
 * `board-sync.ts`; here are the timers, the network and the canvas.
 */
import { RefusedError, type Room, type RoomStatus, scheduleFrame } from '@atrium/client';
import type { BoardElement, BoardOp, boardKind } from '@atrium/kinds/board';
import { isAtLeast, type RoomRecord } from '@atrium/rooms/kind';
import { CaptureUpdateAction } from '@excalidraw/excalidraw';
import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { BoardSync, type EditCommand, type Scene } from './board-sync.ts';
import { elementName } from './element-names.ts';
import { FlushClock } from './flush-clock.ts';
import type { HexColour } from './hex-colour.ts';
import { randomStamp, type SceneElement } from './scene-element.ts';

export type BoardRoomHandle = Room<typeof boardKind>;

export interface BoardSessionOptions {
  readonly api: ExcalidrawImperativeAPI;
  readonly room: BoardRoomHandle;
  readonly toHex: HexColour;
  /** Told in a sentence for people why something of theirs was taken back. */
  readonly onRefused: (sentence: string) => void;
  /** The right to change the board was taken away: whose changes were not applied. */
  readonly onNotApplied: (elements: readonly UnappliedElement[]) => void;
}

/** A command above this makes the next ones wait longer, bytes. */
const largeCommand = 16_000;
const crowd = 15;

/** Something on the board that was drawn or changed in vain. */
export interface UnappliedElement {
  readonly id: string;
  /** "Rectangle" */
  readonly name: string;
}

export class BoardSession {
  private readonly opts: BoardSessionOptions;
  private readonly sync: BoardSync;
  private readonly flushClock: FlushClock;
  private readonly leave: (() => void)[] = [];
  private isReady = false;
  private isPaintScheduled = false;
  private isStopped = false;
  private hasScrolled = false;
  /** This person could change the board until a moment ago. */
  private couldEdit = false;
  /** What was forbidden since something was accepted: the first news of a right that is gone. */
  private doubted: string[] = [];
  private lastBytes = 0;
  /** The background that was shown or sent last, and how many of ours are not answered. */
  private background: string | null = null;
  private pendingBackgrounds = 0;

  constructor(opts: BoardSessionOptions) {
    this.opts = opts;
    const { room, toHex } = opts;
    this.sync = new BoardSync({
      stamp: randomStamp,
      toHex,
      confirmed: (id) => asElement(room.store.get('element', id)),
    });
    this.flushClock = new FlushClock(
      () => this.flush(),
      () => flushInterval({ phase: room.status.get().phase, people: room.people.get().length, bytes: this.lastBytes }),
    );
    this.leave.push(
      room.store.onChange(({ reset, changed }) => {
        if (reset) this.noteEverything();
        this.sync.noteConfirmed(changed.get('element') ?? []);
        this.paint();
      }),
      room.status.subscribe(() => this.paint()),
    );
  }

  /** True when this person may change the board now. */
  get canEdit(): boolean {
    const { role } = this.opts.room.status.get();
    return role !== null && isAtLeast(role, 'editor');
  }

  /** Call it from the canvas's `onChange`, which comes with every commit of React: it must cost next to nothing. */
  onChange(elements: readonly ExcalidrawElement[], appState: AppState): void {
    if (appState.isLoading || this.isStopped) return;
    if (!this.isReady) {
      this.isReady = true;
      this.noteEverything();
      this.paint();
      return;
    }
    this.sync.noteScene(elements);
    if (this.sync.hasChanges || this.hasNewBackground(appState)) this.flushClock.request();
    if (this.sync.hasNews) this.schedulePaint();
  }

  /** Sends what waits for the next flush. Call it while the canvas is still there: afterwards its scene is empty. */
  stop(): void {
    this.flush();
    this.isStopped = true;
    this.flushClock.stop();
    for (const leave of this.leave.splice(0)) leave();
  }

  private noteEverything(): void {
    const { store } = this.opts.room;
    this.sync.noteSnapshot([...store.entries('element')].map(([id]) => id));
  }

  private scene(): Scene {
    const { api } = this.opts;
    return { elements: api.getSceneElementsIncludingDeleted(), underPen: underPen(api.getAppState()) };
  }

  /** Sends what has gathered, without waiting for the next time. */
  flush(): void {
    if (this.isStopped || !this.isReady) return;
    const scene = this.scene();
    this.sync.noteScene(scene.elements);
    if (!this.canEdit) {
      this.takeBack();
      return this.schedulePaint();
    }
    this.couldEdit = true;
    this.lastBytes = 0;
    for (let command = this.sync.takeCommand(scene); command; command = this.sync.takeCommand(scene)) {
      this.lastBytes = Math.max(this.lastBytes, command.bytes);
      void this.send(command);
    }
    if (this.sync.takeRefused().length > 0) this.opts.onRefused('A board cannot hold this.');
    this.sendBackground();
    if (this.sync.hasNews) this.schedulePaint();
  }

  private async send(command: EditCommand): Promise<void> {
    try {
      const result = await this.opts.room.send('edit', { ops: [...command.ops] });
      if (result.ok) {
        this.doubted = [];
        this.sync.settle(command.number, 'accepted');
      } else if (result.code === 'unknown') this.sync.settle(command.number, 'unknown');
      else this.refuse(command, result.message, result.code === 'forbidden');
    } catch (error) {
      // Anything else means that the room is closed on this side or the session is over: the page says so.
      if (error instanceof RefusedError) this.refuse(command, error.message, isAboutAccess(error));
    }
    if (this.sync.hasChanges) this.flushClock.request();
    this.schedulePaint();
  }

  private refuse(command: EditCommand, sentence: string, isForbidden: boolean): void {
    const ids = isForbidden ? command.ops.flatMap(idsOf) : [];
    if (isForbidden && !this.canEdit) this.tellNotApplied(ids);
    else {
      this.doubted.push(...ids);
      this.opts.onRefused(sentence);
    }
    this.sync.settle(command.number, 'refused');
  }

  /** Whatever changed here without the right to change it goes back to what the server has. */
  private takeBack(): void {
    const ids = this.sync.dropChanges();
    // A canvas that is only looked at may touch its elements by itself: that is nobody's work.
    // What is under the pen is cut off, whatever of it was sent.
    if (this.couldEdit) this.tellNotApplied([...this.doubted, ...ids, ...this.scene().underPen]);
    this.couldEdit = false;
    this.doubted = [];
  }

  private tellNotApplied(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const types = new Map(this.scene().elements.map(({ id, type }) => [id, type]));
    this.opts.onNotApplied(ids.map((id) => ({ id, name: elementName(types.get(id)) })));
  }

  private schedulePaint(): void {
    if (this.isPaintScheduled || this.isStopped) return;
    this.isPaintScheduled = true;
    scheduleFrame(() => {
      this.isPaintScheduled = false;
      this.paint();
    });
  }

  private paint(): void {
    if (this.isStopped || !this.isReady) return;
    const { api } = this.opts;
    const scene = this.scene();
    this.sync.noteScene(scene.elements);
    if (this.canEdit) this.couldEdit = true;
    else this.takeBack();
    const next = this.sync.show(scene);
    if (next) {
      api.updateScene({ elements: next.map(asExcalidraw), captureUpdate: CaptureUpdateAction.NEVER });
      this.sync.absorb(api.getSceneElementsIncludingDeleted());
    }
    this.paintBackground();
    this.scrollOnce();
    if (this.sync.hasChanges) this.flushClock.request();
  }

  /** The first time that there is something to see, it is brought into view. */
  private scrollOnce(): void {
    const { api, room } = this.opts;
    if (this.hasScrolled || room.status.get().role === null) return;
    this.hasScrolled = true;
    if (api.getSceneElements().length > 0) api.scrollToContent(undefined, { fitToContent: true, animate: false });
  }

  private hasNewBackground({ viewBackgroundColor }: AppState): boolean {
    return this.background !== null && viewBackgroundColor !== this.background;
  }

  private sendBackground(): void {
    const appState = this.opts.api.getAppState();
    if (!this.hasNewBackground(appState)) return;
    this.background = appState.viewBackgroundColor;
    this.pendingBackgrounds += 1;
    const settled = (sentence: string | null) => {
      this.pendingBackgrounds -= 1;
      if (sentence !== null) this.opts.onRefused(sentence);
      this.schedulePaint();
    };
    const { room, toHex } = this.opts;
    room.send('setMeta', { background: toHex(appState.viewBackgroundColor) }).then(
      (result) => settled(result.ok ? null : result.message),
      (error: unknown) => settled(error instanceof RefusedError ? error.message : null),
    );
  }

  private paintBackground(): void {
    const { api, room } = this.opts;
    const { viewBackgroundColor: shown } = api.getAppState();
    const isOurs = this.canEdit && this.background !== null && shown !== this.background;
    if (isOurs || this.pendingBackgrounds > 0) return;
    const stored = room.store.get('meta', 'board')?.['background'];
    const confirmed = typeof stored === 'string' ? stored : '#ffffff';
    if (confirmed === this.background && confirmed === shown) return;
    this.background = confirmed;
    api.updateScene({
      appState: { viewBackgroundColor: confirmed },
      captureUpdate: CaptureUpdateAction.NEVER,
    });
  }
}

interface Pace {
  readonly phase: RoomStatus['phase'];
  readonly people: number;
  /** Of the largest command of the last flush. */
  readonly bytes: number;
}

/**
 * Milliseconds between two flushes: longer in a crowd, and after a command that was expensive for everyone. While the line
 * is away nobody watches, so what is kept is written down in fewer pieces.
 */
function flushInterval({ phase, people, bytes }: Pace): number {
  if (phase !== 'live') return 500;
  if (bytes > largeCommand) return 250;
  return people > crowd ? 100 : 50;
}

/** Ids of the elements that the canvas changes in place at this moment. */
function underPen(appState: AppState): ReadonlySet<string> {
  const { newElement, multiElement, editingTextElement, resizingElement } = appState;
  const ids = [newElement, multiElement, editingTextElement, resizingElement].map((element) => element?.id);
  return new Set(ids.filter((id) => id !== undefined));
}

/** Only what `checkElement` let in is in the collection, so this is a change of type alone; no work per read. */
function asElement(record: RoomRecord | undefined): BoardElement | undefined {
  return record as (RoomRecord & BoardElement) | undefined;
}

/** Every key of Excalidraw's type is there: those that travel from the rules of a board, the others from the stamp. */
function asExcalidraw(element: SceneElement): ExcalidrawElement {
  return element as SceneElement & ExcalidrawElement;
}

function idsOf(op: BoardOp): readonly string[] {
  if (op.op === 'put') return [op.element.id];
  return 'ids' in op ? op.ids : [op.id];
}

/** The whole request was refused, because the person may not change this room any more. */
function isAboutAccess({ refusal }: RefusedError): boolean {
  return ['NOT_ALLOWED', 'NOT_FOUND', 'ROOM_ARCHIVED', 'ROOM_FROZEN'].includes(refusal.reason);
}
