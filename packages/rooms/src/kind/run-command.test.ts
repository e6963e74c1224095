import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tally } from '../testing/tally-kind.ts';
import { defineRoomKind, type InputsOf } from './define-room-kind.ts';
import type { Role } from './role.ts';
import type { RoomKind } from './room-kind.ts';
import { RoomState } from './room-state.ts';
import { runCommand } from './run-command.ts';
import { createTx, type OpenTx } from './tx.ts';

const runIn =
  (tx: OpenTx) =>
  (name: string, input: unknown, over: { readonly role?: Role; readonly kind?: RoomKind } = {}) => {
    const actor = { userId: 'ada', name: 'Ada', role: over.role ?? ('editor' as const) };
    return runCommand(over.kind ?? tally, tx, { name, input }, { actor, now: 1_000 });
  };

describe('a command', () => {
  test('R11 climbs a ladder: name, schema, role, run', () => {
    const tx = createTx(new RoomState(tally.collections));
    expect(runIn(tx)('toString', {})).toMatchObject({ ok: false, code: 'invalid' });
    expect(runIn(tx)('__proto__', {})).toMatchObject({ ok: false, code: 'invalid' });
    expect(runIn(tx)('put', { id: 'a', text: 1 })).toMatchObject({ ok: false, code: 'invalid' });
    expect(runIn(tx)('put', { id: 'a', text: '', more: 1 })).toMatchObject({ ok: false, code: 'invalid' });
    expect(runIn(tx)('put', { id: 'a', text: '' }, { role: 'viewer' })).toMatchObject({ ok: false, code: 'forbidden' });
    expect(runIn(tx)('clear', {})).toMatchObject({ ok: false, code: 'forbidden' });
    expect(runIn(tx)('put', { id: '__proto__', text: '' })).toMatchObject({ ok: false, code: 'invalid' });
    expect(runIn(tx)('append', { id: 'none', items: [] })).toMatchObject({ ok: false, code: 'unknown' });
    expect(runIn(tx)('refuse', { message: 'No.' })).toEqual({ ok: false, code: 'conflict', message: 'No.' });
    expect(tx.diff()).toEqual({});
    expect(runIn(tx)('put', { id: 'a', text: '' })).toEqual({
      ok: true,
      diff: { item: { a: ['put', { text: '', count: 0, list: [] }] } },
      inverse: { item: { a: ['del'] } },
    });
  });

  test('R11 says why in a sentence that can be stored', () => {
    const tx = createTx(new RoomState(tally.collections));
    const outcome = runIn(tx)('refuse', { message: `\u0000${'x'.repeat(999)}` });
    expect(outcome).toEqual({ ok: false, code: 'conflict', message: 'This could not be done.' });
    const long = runIn(tx)('refuse', { message: `${'x'.repeat(199)}\u{1f600} and more` });
    expect(long).toEqual({ ok: false, code: 'conflict', message: 'x'.repeat(199) });
    const strange = runIn(tx)('put', { id: 'a', text: '', ['\ud800']: 1 });
    expect(strange).toMatchObject({ ok: false, code: 'invalid', message: 'This could not be done.' });
  });

  test('R13 is rejected when the room would pass its limits; what makes a full room smaller is not', () => {
    const kind = { ...tally, limits: { records: { item: 2, journal: 2 }, bytes: 200 } };
    const tx = createTx(new RoomState(tally.collections));
    for (const id of ['a', 'b']) expect(runIn(tx)('put', { id, text: '' }, { kind })).toMatchObject({ ok: true });
    expect(runIn(tx)('put', { id: 'c', text: '' }, { kind })).toMatchObject({ ok: false, code: 'limit' });
    expect(runIn(tx)('put', { id: 'a', text: 'x'.repeat(200) }, { kind })).toMatchObject({ ok: false, code: 'limit' });
    const lowered = { ...tally, limits: { records: { item: 1, journal: 1 }, bytes: 10 } };
    expect(runIn(tx)('remove', { id: 'a' }, { kind: lowered })).toMatchObject({ ok: true });
    expect(tx.size('item')).toBe(1);
  });

  test('R14 of a kind that fails by mistake changes nothing and carries the cause', () => {
    const tx = createTx(new RoomState(tally.collections));
    expect(runIn(tx)('fail', {})).toMatchObject({ ok: false, code: 'invalid', cause: expect.any(TypeError) });
    const stray = defineRoomKind({
      ...tally,
      commands: { stray: { input: z.strictObject({}), role: 'viewer', run: (own) => own.put('elsewhere', 'a', {}) } },
    });
    expect(runIn(tx)('stray', {}, { kind: stray })).toMatchObject({
      ok: false,
      code: 'invalid',
      cause: expect.any(Error),
    });
    expect(tx.diff()).toEqual({});
  });
});

describe('a kind', () => {
  test.each([
    ['name', { name: 'Tally:1' }],
    ['version', { version: 0 }],
    ['collections', { collections: ['item', 'item', 'journal'] }],
    ['collections', { collections: ['item', 'journal', 'constructor'] }],
    ['hidden', { hidden: ['elsewhere'] }],
    ['limits', { limits: { records: { item: 1 }, bytes: 1 } }],
    ['commands', { commands: { 'put it': tally.commands['put'] } }],
  ])('R15 that cannot work is refused where it is defined: %s', (_, over) => {
    const broken: unknown = { ...tally, ...over };
    expect(() => Reflect.apply(defineRoomKind, null, [broken])).toThrow('Room kind');
  });

  test('R15 knows the types of what its commands take', () => {
    const input: InputsOf<typeof tally>['add'] = { id: 'a', by: 1 };
    expect(tally.commands['add']?.input.safeParse(input).success).toBe(true);
    // @ts-expect-error: `by` is a number.
    const wrong: InputsOf<typeof tally>['add'] = { id: 'a', by: '1' };
    expect(tally.commands['add']?.input.safeParse(wrong).success).toBe(false);
  });
});
