import type { Actor } from '@atrium/rooms/kind';
import { tally } from '@atrium/rooms/testing';
import { beforeEach, expect, test, vi } from 'vitest';
import { RoomStore, type UnansweredCommand } from './room-store.ts';

const actor: Actor = { userId: 'ada', name: 'Ada', role: 'editor' };
let unanswered: UnansweredCommand[];
let frames: (() => void)[];
let store: RoomStore;
let role: Actor['role'] | null;

beforeEach(() => {
  unanswered = [];
  frames = [];
  role = 'editor';
  store = new RoomStore({
    schedule: (flush) => frames.push(flush),
    kind: tally,
    unanswered: () => unanswered,
    context: () => (role ? { actor: { ...actor, role }, now: 0 } : null),
  });
  store.replace({ item: { a: { count: 1 }, b: { count: 10 } } });
  frame();
});

function frame(): void {
  for (const flush of frames.splice(0)) flush();
}

/** What a person does: shown first, then waiting. */
function add(id: string, by: number): void {
  const command = { name: 'add', input: { id, by } };
  store.paint(command);
  unanswered.push(command);
}

const count = (id: string) => store.get('item', id)?.['count'];

test('a command is shown before anybody has answered, and what is confirmed is not touched', () => {
  add('a', 5);
  expect([count('a'), store.confirmed.get('item', 'a')?.['count']]).toEqual([6, 1]);
});

test("what somebody else did meanwhile is under it, not over it: the command is run again on the other's work", () => {
  add('a', 5);
  store.apply({ item: { a: ['patch', { count: ['set', 100] }] } });
  frame();
  expect(count('a')).toBe(105);
});

test('an accepted command changes nothing that was shown, a refused one disappears, and what follows it stays', () => {
  add('a', 5);
  add('b', 7);
  unanswered.shift();
  store.settle();
  frame();
  expect([count('a'), count('b')]).toEqual([1, 17]);
  store.apply({ item: { b: ['patch', { count: ['set', 17] }] } });
  unanswered.shift();
  frame();
  expect([count('a'), count('b'), store.confirmed.get('item', 'b')?.['count']]).toEqual([1, 17, 17]);
});

test('listeners hear of what was painted, and of what was taken back, of no other record', () => {
  const ofA = vi.fn();
  const ofB = vi.fn();
  store.subscribe('item', 'a', ofA);
  store.subscribe('item', 'b', ofB);
  add('a', 1);
  frame();
  unanswered.shift();
  store.settle();
  frame();
  expect([ofA.mock.calls.length, ofB.mock.calls.length]).toEqual([2, 0]);
});

test('a command that breaks the rules is not shown; the server may still see it otherwise', () => {
  expect(store.paint({ name: 'append', input: { id: 'nothing', items: [1] } })).toEqual([]);
  expect(store.size('item')).toBe(2);
});

test('nothing is painted before it is known who this is; then all of it is', () => {
  role = null;
  add('a', 5);
  expect(count('a')).toBe(1);
  role = 'editor';
  store.run();
  expect(count('a')).toBe(6);
});

test('a snapshot replaces what is confirmed, and what is unanswered is run on the new state', () => {
  add('a', 5);
  store.replace({ item: { a: { count: 50 } } });
  expect([count('a'), count('b')]).toEqual([55, undefined]);
});

test('a reader finds new, changed and removed records alike', () => {
  store.paint({ name: 'remove', input: { id: 'b' } });
  store.paint({ name: 'put', input: { id: 'c', text: 'new' } });
  expect([...store.entries('item')].map(([id]) => id).toSorted()).toEqual(['a', 'c']);
  expect([store.size('item'), store.get('item', 'b')]).toEqual([2, undefined]);
});

test('with very much waiting, running it again takes a small part of the time, and in the end all is right', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const slow = new RoomStore({
    schedule: (flush) => frames.push(flush),
    kind: { ...tally, commands: { ...tally.commands, add: { ...tally.commands['add'], run: slowly } } },
    unanswered: () => unanswered,
    context: () => ({ actor, now: 0 }),
  } as ConstructorParameters<typeof RoomStore>[0]);
  let runs = 0;
  function slowly(...args: Parameters<NonNullable<(typeof tally.commands)[string]>['run']>): void {
    runs += 1;
    vi.advanceTimersByTime(1);
    tally.commands['add']?.run(...args);
  }
  slow.replace({ item: {} });
  for (let n = 0; n < 100; n += 1) unanswered.push({ name: 'add', input: { id: 'a', by: 1 } });
  slow.run();
  runs = 0;
  for (let diff = 0; diff < 20; diff += 1) {
    slow.apply({ item: { a: ['put', { count: diff * 1_000 }] } });
    frame();
  }
  expect(runs).toBe(0);
  vi.advanceTimersByTime(1_000);
  frame();
  expect([runs, slow.get('item', 'a')?.['count']]).toEqual([100, 19_100]);
  vi.useRealTimers();
});
