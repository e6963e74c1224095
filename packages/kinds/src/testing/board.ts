import { type CommandOutcome, createTx, type Diff, type Role, RoomState, runCommand } from '@atrium/rooms/kind';
import { boardKind } from '../board/board-kind.ts';
import type { RawCommand } from './hostile-command.ts';

/** A board without a server: runs commands the way the engine does. */
export interface TestBoard {
  readonly state: RoomState;
  /** As an owner at time 0, unless told. A kind that fails in a way it did not mean to makes this throw. */
  send(command: RawCommand, as?: { readonly role?: Role; readonly now?: number }): CommandOutcome;
  edit(ops: readonly unknown[], as?: { readonly role?: Role; readonly now?: number }): CommandOutcome;
}

export function createBoard(): TestBoard {
  const state = new RoomState(boardKind.collections);
  const board: TestBoard = {
    state,
    send: (command, { role = 'owner', now = 0 } = {}) => {
      const actor = { userId: 'u', name: 'Someone', role };
      const outcome = runCommand(boardKind, createTx(state), command, { actor, now });
      if (outcome.ok) state.apply(outcome.diff);
      else if (outcome.cause !== undefined) throw new Error('The board failed.', { cause: outcome.cause });
      return outcome;
    },
    edit: (ops, as) => board.send({ name: 'edit', input: { ops } }, as),
  };
  return board;
}

/** A board that holds these elements. */
export function boardWith(...elements: readonly object[]): TestBoard {
  const board = createBoard();
  demandOk(board.edit(elements.map((element) => ({ op: 'put', element }))));
  return board;
}

/** The diff of a command that was accepted; throws what it was refused with. */
export function demandOk(outcome: CommandOutcome): Diff {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.diff;
}
