import { z } from 'zod';
import { defineRoomKind } from '../kind/define-room-kind.ts';
import { Rejection } from '../kind/rejection.ts';
import type { RoomKind } from '../kind/room-kind.ts';

const id = z.string().min(1).max(40);

/** A small kind for tests: items with a count, a text and a list, and a hidden journal of who did something. */
export const tally = defineRoomKind({
  name: 'tally',
  version: 1,
  collections: ['item', 'journal'],
  hidden: ['journal'],
  limits: { records: { item: 1_000, journal: 1_000 }, bytes: 1_000_000 },
  commands: {
    put: {
      input: z.strictObject({ id, text: z.string().max(10_000) }),
      role: 'editor',
      run(tx, input) {
        tx.put('item', input.id, { text: input.text, count: 0, list: [] });
      },
    },
    /** Adds to a count, which it makes when there is none: running it twice shows. */
    add: {
      input: z.strictObject({ id, by: z.number().int() }),
      role: 'editor',
      run(tx, input, ctx) {
        const record = tx.get('item', input.id);
        if (record === undefined) tx.put('item', input.id, { count: input.by, by: ctx.actor.userId });
        else tx.patch('item', input.id, { count: ['set', Number(record['count'] ?? 0) + input.by] });
        tx.put('journal', ctx.actor.userId, { at: ctx.now });
      },
    },
    append: {
      input: z.strictObject({ id, items: z.array(z.union([z.number(), z.string()])).max(1_000) }),
      role: 'editor',
      run(tx, input) {
        const list = tx.get('item', input.id)?.['list'];
        const length = Array.isArray(list) ? list.length : 0;
        tx.patch('item', input.id, { list: length === 0 ? ['set', input.items] : ['append', input.items, length] });
      },
    },
    remove: {
      input: z.strictObject({ id }),
      role: 'editor',
      run: (tx, input) => tx.remove('item', input.id),
    },
    clear: {
      input: z.strictObject({}),
      role: 'owner',
      run(tx) {
        for (const [itemId] of tx.entries('item')) tx.remove('item', itemId);
      },
    },
    /** A bug: throws what no kind should throw. */
    fail: {
      input: z.strictObject({}),
      role: 'viewer',
      run(tx) {
        tx.put('item', 'left-behind', {});
        throw new TypeError('A bug in this kind.');
      },
    },
    /** Changes something, then refuses. */
    refuse: {
      input: z.strictObject({ message: z.string() }),
      role: 'viewer',
      run(tx, input) {
        tx.put('item', 'left-behind', {});
        throw new Rejection('conflict', input.message);
      },
    },
  },
  presence: z.strictObject({ x: z.number(), y: z.number(), note: z.string().max(10_000).optional() }),
});

/** The same with commands that do `work` first: what a command costs that computes for long. */
export function slowTally(work: () => void): RoomKind {
  const slow = Object.entries(tally.commands).map(([name, command]) => {
    const run: typeof command.run = (...args) => {
      work();
      command.run(...args);
    };
    return [name, { ...command, run }] as const;
  });
  return { ...tally, commands: Object.fromEntries(slow) };
}
