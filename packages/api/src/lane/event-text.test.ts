import type { RoomEvent } from '@atrium/rooms';
import { expect, test } from 'vitest';
import { messageText, snapshotMessage } from './event-text.ts';

type Snapshot = Extract<RoomEvent, { type: 'snapshot' }>;

const small = { element: { a: { text: 'ü "quoted"' } } };
const large = { element: { a: { text: 'ü'.repeat(20_000) } } };
const snapshot = (state: Snapshot['state'], clientSeq: Snapshot['clientSeq'] = {}): Snapshot => ({
  type: 'snapshot',
  epoch: 1,
  ver: 7,
  schema: 1,
  role: 'editor',
  state,
  clientSeq,
});
const eventIn = (text: string) => (JSON.parse(text) as { result: { data: { data: RoomEvent } } }).result.data.data;

test('F7 a diff is turned into text once, for whatever number and cursor', () => {
  let asked = 0;
  const diff = {
    get meta() {
      asked += 1;
      return {};
    },
  };
  const event: RoomEvent = { type: 'diff', prev: 1, ver: 2, at: 3, by: [], acks: [], diff };
  const texts = [1, 2].map((id) => messageText(id, { cursor: `1:2:v${id}`, event }));
  expect(asked).toBe(1);
  expect(texts.map((text) => (JSON.parse(text) as { id: number }).id)).toEqual([1, 2]);
});

test('F14 a small snapshot is one text', () => {
  const text = snapshotMessage(1, '1:7:v', snapshot(small, { tab: 4 }));
  expect(eventIn(text as string)).toEqual(snapshot(small, { tab: 4 }));
});

test('F14 of a large snapshot the state is one buffer for all viewers of that version, what is their own is not in it', () => {
  const [ada, bob] = [{ a: 1 }, { b: 2 }].map((clientSeq) => snapshotMessage(1, '1:7:v', snapshot(large, clientSeq)));
  if (typeof ada !== 'object' || typeof bob !== 'object') throw new Error('Not split');
  expect(bob.tail).toBe(ada.tail);
  expect(eventIn(ada.head + ada.tail.toString())).toEqual(snapshot(large, { a: 1 }));
  expect(eventIn(bob.head + bob.tail.toString())).toEqual(snapshot(large, { b: 2 }));
  const later = snapshotMessage(1, '1:8:v', snapshot({ ...large }));
  expect(typeof later === 'object' && later.tail).not.toBe(ada.tail);
});
