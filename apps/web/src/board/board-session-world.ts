/** For tests: a room and a canvas by hand, with a real `BoardSession` between them. */
import { type Observable, RefusedError } from '@atrium/client';
import type { BoardOp } from '@atrium/kinds/board';
import { type Role, RoomState, type StateJson } from '@atrium/rooms/kind';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import { type BoardRoomHandle, BoardSession } from './board-session.ts';
import type { SceneElement } from './scene-element.ts';

type Answer = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

interface Sent {
  readonly name: string;
  readonly input: { readonly ops?: readonly BoardOp[]; readonly background?: string };
  readonly answer: (answer: Answer | RefusedError) => void;
}

function cell<Value>(first: Value) {
  let value = first;
  const listeners = new Set<() => void>();
  const observable: Observable<Value> = {
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const set = (next: Value) => {
    value = next;
    for (const listener of listeners) listener();
  };
  return { ...observable, set };
}

export class SessionWorld {
  readonly sent: Sent[] = [];
  readonly sentences: string[] = [];
  /** "Rectangle r" */
  readonly unapplied: string[] = [];
  readonly session: BoardSession;
  elements: SceneElement[] = [];
  appState = { isLoading: false, viewBackgroundColor: '#ffffff' };
  private readonly status: ReturnType<typeof cell<{ role: Role; phase: 'live' }>>;
  private state: RoomState;
  private readonly listeners = new Set<(change: object) => void>();
  private nonce = 0;

  constructor(role: Role, state: StateJson = {}) {
    this.status = cell({ role, phase: 'live' as const });
    this.state = RoomState.fromJson(state);
    this.session = new BoardSession({
      api: this.api(),
      room: this.room(),
      toHex: (css) => (css === 'rgb(1, 2, 3)' ? '#010203' : css),
      onRefused: (sentence) => this.sentences.push(sentence),
      onNotApplied: (elements) => this.unapplied.push(...elements.map(({ id, name }) => `${name} ${id}`)),
    });
    this.changed();
  }

  get ops(): readonly BoardOp[] {
    return this.sent.flatMap(({ input }) => input.ops ?? []);
  }

  get(id: string): SceneElement | undefined {
    return this.elements.find((element) => element.id === id);
  }

  setRole(role: Role): void {
    this.status.set({ role, phase: 'live' });
  }

  /** The person draws something new, or changes what is there. */
  draw(id: string, props: object): void {
    const stamp = { version: 1, versionNonce: ++this.nonce };
    const element = this.get(id);
    if (element) Object.assign(element, props, stamp);
    else this.elements.push({ ...rectangle, id, ...props, ...stamp });
    this.changed();
  }

  setBackground(viewBackgroundColor: string): void {
    this.appState = { ...this.appState, viewBackgroundColor };
    this.changed();
  }

  /** The server's state becomes this one. */
  confirm(state: StateJson): void {
    this.state = RoomState.fromJson(state);
    for (const listener of this.listeners) listener({ reset: true, changed: new Map() });
  }

  /** The canvas tells of a change, as it does with every commit. */
  changed(): void {
    this.session.onChange(asCanvas(this.elements), this.appState as AppState);
  }

  private api(): ExcalidrawImperativeAPI {
    const api = {
      getSceneElements: () => this.elements.filter((element) => !element.isDeleted),
      getSceneElementsIncludingDeleted: () => this.elements,
      getAppState: () => this.appState,
      scrollToContent: () => undefined,
      updateScene: ({ elements, appState }: { elements?: SceneElement[]; appState?: object }) => {
        if (elements) this.elements = elements;
        this.appState = { ...this.appState, ...appState };
      },
    };
    // The session asks for no more than this of a canvas.
    return api as unknown as ExcalidrawImperativeAPI;
  }

  private room(): BoardRoomHandle {
    const room = {
      status: this.status,
      people: cell([]),
      store: {
        get: (collection: string, id: string) => this.state.get(collection, id),
        entries: (collection: string) => this.state.entries(collection),
        onChange: (listener: (change: object) => void) => {
          this.listeners.add(listener);
          return () => this.listeners.delete(listener);
        },
      },
      send: (name: string, input: Sent['input']) =>
        new Promise((resolve, reject) => {
          const answer = (given: Answer | RefusedError) => (given instanceof RefusedError ? reject : resolve)(given);
          this.sent.push({ name, input, answer });
        }),
    };
    return room as unknown as BoardRoomHandle;
  }
}

const rectangle = {
  type: 'rectangle',
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  index: 'a0',
  isDeleted: false,
};

function asCanvas(elements: readonly SceneElement[]): readonly ExcalidrawElement[] {
  return elements as readonly (SceneElement & ExcalidrawElement)[];
}
