import { RoomState, type StateJson, type WantedRecord } from '@atrium/rooms/kind';
import { expect, test } from 'vitest';
import { UndoStack, type TouchedRecord } from './undo-stack.ts';

const touched = (before: object | undefined, after: object | undefined, id = 'a') =>
  ({ collection: 'item', id, before, after }) as TouchedRecord;
const state = (item: object) => RoomState.fromJson({ item } as StateJson);
const wanted = (record: object | undefined, keys: readonly string[] | null, id = 'a') =>
  ({ collection: 'item', id, record, keys }) as WantedRecord;

test('what was made goes, unless somebody has worked on it since', () => {
  const stack = new UndoStack();
  stack.note([touched(undefined, { x: 1 })]);
  expect(stack.undo(state({ a: { x: 1 } }))).toEqual([wanted(undefined, [])]);
  stack.note([touched(undefined, { x: 1 })]);
  expect(stack.undo(state({ a: { x: 1, colour: 'red' } }))).toBeNull();
});

test('what was removed comes back, unless there is another one by now', () => {
  const stack = new UndoStack();
  stack.note([touched({ x: 1 }, undefined)]);
  expect(stack.undo(state({}))).toEqual([wanted({ x: 1 }, null)]);
  stack.note([touched({ x: 1 }, undefined)]);
  expect(stack.undo(state({ a: { x: 9 } }))).toBeNull();
});

test("only one's own properties go back, and what others did beside them stays", () => {
  const stack = new UndoStack();
  stack.note([touched({ x: 1, y: 1 }, { x: 2, y: 2 })]);
  expect(stack.undo(state({ a: { x: 2, y: 99, colour: 'red' } }))).toEqual([
    wanted({ x: 1, y: 99, colour: 'red' }, ['x']),
  ]);
});

test('a property that was not there goes', () => {
  const stack = new UndoStack();
  stack.note([touched({ x: 1 }, { x: 1, note: 'n' })]);
  expect(stack.undo(state({ a: { x: 1, note: 'n' } }))).toEqual([wanted({ x: 1 }, ['note'])]);
});

test('a step that nothing can be taken back of is passed over', () => {
  const stack = new UndoStack();
  stack.note([touched({ x: 1 }, { x: 2 }, 'a')]);
  stack.note([touched({ x: 1 }, { x: 2 }, 'gone')]);
  expect(stack.undo(state({ a: { x: 2 } }))).toEqual([wanted({ x: 1 }, ['x'])]);
  expect(stack.canUndo).toBe(false);
});

test('what was taken back can be done again, until something new is done', () => {
  const stack = new UndoStack();
  stack.note([touched({ x: 1 }, { x: 2 })]);
  stack.undo(state({ a: { x: 2 } }));
  expect(stack.redo(state({ a: { x: 1 } }))).toEqual([wanted({ x: 2 }, ['x'])]);
  stack.undo(state({ a: { x: 2 } }));
  stack.note([touched({ x: 1 }, { x: 7 })]);
  expect([stack.canRedo, stack.redo(state({ a: { x: 1 } }))]).toEqual([false, null]);
});

test('a refused step is not taken back', () => {
  const stack = new UndoStack();
  const step = [touched({ x: 1 }, { x: 2 })];
  stack.note(step);
  stack.drop(step);
  expect(stack.undo(state({ a: { x: 2 } }))).toBeNull();
});
