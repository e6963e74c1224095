import { type CommandContext, defineRoomKind, Rejection, type Tx } from '@atrium/rooms/kind';
import { allElements, getElement } from './board-state.ts';
import { bounds } from './bounds.ts';
import { edit } from './edit.ts';
import { clearInput, editInput, lockInput, type LockInput, setMetaInput, type SetMetaInput } from './operation.ts';
import { presence } from './presence.ts';
import { buryForGood, isBuried, sweepTombstones } from './tombstone.ts';
import { undoBoard } from './undo.ts';

/** The whiteboard. Its rules in words: elements merge property by property in the server's order, `edit.ts`. */
export const boardKind = defineRoomKind({
  name: 'board',
  version: 1,
  collections: ['element', 'meta', 'tombstone'],
  hidden: ['tombstone'],
  limits: {
    records: { element: bounds.elements, meta: 1, tombstone: bounds.tombstones },
    bytes: bounds.bytes,
  },
  commands: {
    edit: { input: editInput, role: 'editor', run: edit },
    clear: { input: clearInput, role: 'owner', run: clear },
    lock: { input: lockInput, role: 'owner', run: lock },
    setMeta: { input: setMetaInput, role: 'editor', run: setMeta },
  },
  presence,
  undo: undoBoard,
});

/** Removes every element for good: what was removed before can not be restored any more either. */
function clear(tx: Tx, _input: object, ctx: CommandContext): void {
  const buried = [...tx.entries('tombstone')].map(([id]) => id).filter((id) => isBuried(tx, id, ctx.now));
  const removed = allElements(tx).map(({ id }) => id);
  for (const id of removed) tx.remove('element', id);
  for (const id of [...buried, ...removed]) buryForGood(tx, id, ctx.now);
  sweepTombstones(tx, ctx.now);
}

/** Locked elements can be changed by an owner only. */
function lock(tx: Tx, { ids, locked }: LockInput, ctx: CommandContext): void {
  for (const id of new Set(ids)) {
    if (getElement(tx, id) !== undefined) tx.patch('element', id, { locked: ['set', locked] });
    else if (!isBuried(tx, id, ctx.now)) throw new Rejection('unknown', 'This element is not on the board any more.');
  }
  sweepTombstones(tx, ctx.now);
}

function setMeta(tx: Tx, { background }: SetMetaInput, _ctx: CommandContext): void {
  tx.put('meta', 'board', { background });
}
