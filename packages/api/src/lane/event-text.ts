import type { CursoredEvent, RoomEvent } from '@atrium/rooms';
import type { WireId } from './wire.ts';

type Snapshot = Extract<RoomEvent, { type: 'snapshot' }>;

/** A message in two pieces: the second one, which is large, is shared by all viewers of that version of the room. */
export interface SplitMessage {
  readonly head: string;
  readonly tail: Buffer<ArrayBuffer>;
}

/** A state whose text is longer than this (characters) is not copied into a message of its own for each viewer. */
const largeText = 16 * 1024;
const closing = '}}}}';

/** Events and states are shared by all viewers of a room, so each is turned into text once. Gone with the event. */
const diffTexts = new WeakMap<object, string>();
const stateTails = new WeakMap<object, string | Buffer<ArrayBuffer>>();

/** What tRPC would send for a tracked event, as text: JSON-RPC around the cursor and the event. */
export function messageText(id: WireId, { cursor, event }: CursoredEvent): string {
  return opening(id, cursor) + (event.type === 'diff' ? diffText(event) : JSON.stringify(event)) + '}}}';
}

/** The same for a snapshot: in one piece when it is small. */
export function snapshotMessage(id: WireId, cursor: string, snapshot: Snapshot): string | SplitMessage {
  const { state, ...own } = snapshot;
  const head = `${opening(id, cursor)}${JSON.stringify(own).slice(0, -1)},"state":`;
  const tail = stateTail(state);
  return typeof tail === 'string' ? head + tail : { head, tail };
}

function opening(id: WireId, cursor: string): string {
  const quoted = JSON.stringify(cursor);
  return `{"id":${JSON.stringify(id)},"result":{"type":"data","id":${quoted},"data":{"id":${quoted},"data":`;
}

function diffText(event: object): string {
  const known = diffTexts.get(event);
  if (known !== undefined) return known;
  const text = JSON.stringify(event);
  diffTexts.set(event, text);
  return text;
}

function stateTail(state: Snapshot['state']): string | Buffer<ArrayBuffer> {
  const known = stateTails.get(state);
  if (known !== undefined) return known;
  const text = JSON.stringify(state) + closing;
  const tail = text.length > largeText ? Buffer.from(text) : text;
  stateTails.set(state, tail);
  return tail;
}
