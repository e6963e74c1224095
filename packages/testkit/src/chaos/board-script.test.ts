import { boardKind } from '@atrium/kinds/board';
import { createTx, RoomState, runCommand } from '@atrium/rooms/kind';
import { expect, test } from 'vitest';
import { boardScript } from './board-script.ts';

/** A board after these commands of `ada`, one after the other. */
function boardAfter(numbers: readonly number[]) {
  const state = new RoomState(boardKind.collections);
  const actor = { userId: 'u', name: 'Ada', role: 'editor' as const };
  for (const n of numbers) {
    const outcome = runCommand(boardKind, createTx(state), boardScript.command('ada', n), { actor, now: 0 });
    if (outcome.ok) state.apply(outcome.diff);
  }
  return state.toJson(boardKind.hidden);
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const judge = (numbers: readonly number[], count: number) =>
  boardScript.judge(boardAfter(numbers), new Map([['ada', count]]));

test('what was done once and in order is found right, whatever its number', () => {
  for (let count = 0; count < 14; count += 1) expect(judge(upTo(count), count)).toEqual([]);
});

test('any command that is missing is noticed', () => {
  for (let missing = 0; missing < 12; missing += 1) {
    expect(judge(upTo(12).toSpliced(missing, 1), 12), `without ${missing}`).not.toEqual([]);
  }
});

test('a move or a point that is done twice or too late is noticed', () => {
  expect(judge([0, 1, 2, 2, 3], 4)).toEqual(['ada moved 2 times instead of 1']);
  expect(judge([0, 1, 2, 4, 5, 6, 3], 7)).not.toEqual([]);
});
