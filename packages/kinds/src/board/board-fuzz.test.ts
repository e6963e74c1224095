import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { boardWith, createBoard } from '../testing/board.ts';
import {
  boardProblems,
  extremeCommands,
  extremeElements,
  hostileCommands,
  hostileElements,
  racingCommands,
  victims,
} from '../testing/index.ts';
import { canonicalElement } from './canonical.ts';
import { checkElement } from './check.ts';

const seeds = [1, 20_261, 777_777];

function carried(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

describe.each(seeds)('seed %i', { timeout: 60_000 }, (seed) => {
  test('no hostile element passes the check, before and after a way through JSON', () => {
    const hostile = hostileElements(seed, 2_000);
    expect(hostile).toHaveLength(2_000);
    const passed = hostile.filter((element) => checkElement(element).ok || checkElement(carried(element)).ok);
    expect(passed).toEqual([]);
  });

  test('what a canvas makes of a hostile element is accepted as it is, or nothing', () => {
    const made = hostileElements(seed, 2_000)
      .map(canonicalElement)
      .filter((element) => element !== null);
    expect(made.length).toBeGreaterThan(100);
    for (const element of made) expect(checkElement(element)).toEqual({ ok: true, element });
  });

  test('every extreme element is accepted exactly as it is', () => {
    for (const element of extremeElements(seed)) {
      const isSame = isDeepStrictEqual(checkElement(element), { ok: true, element });
      const isCanonical = isDeepStrictEqual(canonicalElement(element), element);
      expect({ id: element.id, type: element.type, isSame, isCanonical }).toMatchObject({
        isSame: true,
        isCanonical: true,
      });
    }
  });

  test('all extreme elements fit on one board, with what they refer to', () => {
    const board = createBoard();
    for (const command of extremeCommands(seed))
      expect(board.send(command, { role: 'editor' })).toMatchObject({ ok: true });
    expect(boardProblems(board.state.toJson())).toEqual([]);
    for (const { index: _, ...element } of extremeElements(seed)) {
      expect(
        isDeepStrictEqual({ ...board.state.get('element', element.id), index: null }, { ...element, index: null }),
      ).toBe(true);
    }
  });

  test('no hostile command is accepted, and none leaves anything behind', () => {
    const board = boardWith(...victims());
    const before = JSON.stringify(board.state.toJson());
    const hostile = hostileCommands(seed, 2_000);
    expect(hostile).toHaveLength(2_000);
    const accepted = hostile.filter((command) => {
      return board.send(command).ok || board.send({ ...command, input: carried(command.input) }).ok;
    });
    expect(accepted).toEqual([]);
    expect(JSON.stringify(board.state.toJson())).toBe(before);
  });

  test('racing commands never lead to a state that breaks a promise', () => {
    const board = createBoard();
    const steps = racingCommands(seed, 1_000).map((command, at) => ({
      command,
      isAccepted: board.send(command, { now: at * 500 }).ok,
      problems: boardProblems(board.state.toJson()),
    }));
    expect(steps.filter((step) => step.problems.length > 0)).toEqual([]);
    expect(steps.filter((step) => step.isAccepted).length).toBeGreaterThan(400);
  });

  test('the diffs alone lead another copy to the same state', () => {
    const [board, copy] = [createBoard(), createBoard()];
    for (const command of racingCommands(seed, 500)) {
      const outcome = board.send(command);
      if (outcome.ok) copy.state.apply(JSON.parse(JSON.stringify(outcome.diff)));
    }
    expect(copy.state.toJson()).toEqual(board.state.toJson());
  });
});
