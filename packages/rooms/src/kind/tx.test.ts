import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenDiff } from './apply-change.ts';
import type { PropChange } from './diff.ts';
import { jsonBytes } from './json-bytes.ts';
import { mergeDiffs } from './merge-diffs.ts';
import type { Json, RoomRecord, StateJson } from './record.ts';
import { Rejection } from './rejection.ts';
import { applyDiff, RoomState } from './room-state.ts';
import { createTx, type OpenTx } from './tx.ts';

type Step =
  | { readonly op: 'put'; readonly id: string; readonly record: RoomRecord }
  | { readonly op: 'patch'; readonly id: string; readonly changes: { readonly [key: string]: PropChange } }
  | { readonly op: 'remove'; readonly id: string };

const key = fc.constantFrom('a', 'b', 'c');
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom('', 'x', 'é漢👩"\n'),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
  fc.record({ n: fc.integer({ min: 0, max: 1 }) }),
  fc.constant(null),
);
const offset = fc.integer({ min: 0, max: 3 });
const change: fc.Arbitrary<PropChange> = fc.oneof(
  value.map((set): PropChange => ['set', set]),
  fc.constant<PropChange>(['unset']),
  fc.tuple(fc.constantFrom('', 'y', 'zz'), offset).map(([text, at]): PropChange => ['append', text, at]),
  fc
    .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), offset)
    .map(([list, at]): PropChange => ['append', list, at]),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ op: fc.constant('put' as const), id: key, record: fc.dictionary(key, value, { noNullPrototype: true }) }),
  fc.record({
    op: fc.constant('patch' as const),
    id: key,
    changes: fc.dictionary(key, change, { noNullPrototype: true }),
  }),
  fc.record({ op: fc.constant('remove' as const), id: key }),
);
const steps = fc.array(step, { maxLength: 12 });

/** Does what can be done; a step that is refused must leave nothing. */
function perform(tx: OpenTx, list: readonly Step[]): void {
  for (const one of list) {
    try {
      if (one.op === 'put') tx.put('item', one.id, one.record);
      else if (one.op === 'patch') tx.patch('item', one.id, one.changes);
      else tx.remove('item', one.id);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
  }
}

function stateAfter(list: readonly Step[]): RoomState {
  const state = new RoomState(['item']);
  const tx = createTx(state);
  perform(tx, list);
  state.apply(tx.diff());
  return state;
}

function bytesOf(json: StateJson): number {
  return RoomState.fromJson(json).bytes;
}

function freeze<T>(thing: T): T {
  if (typeof thing === 'object' && thing !== null) {
    Object.values(thing).forEach(freeze);
    Object.freeze(thing);
  }
  return thing;
}

describe('a transaction', () => {
  test('R1 leads from the state to what it shows by its diff, and sizes are counted along', () => {
    fc.assert(
      fc.property(steps, steps, (before, list) => {
        const state = stateAfter(before);
        const tx = createTx(state);
        perform(tx, list);
        const seen = Object.fromEntries(tx.entries('item'));
        const [size, bytes] = [tx.size('item'), tx.bytes];
        applyDiff(state, tx.diff());
        expect(state.toJson()).toEqual({ item: seen });
        expect([state.size('item'), state.bytes]).toEqual([size, bytes]);
        expect(state.bytes).toBe(bytesOf(state.toJson()));
      }),
    );
  });

  test('R2 is undone by its inverse', () => {
    fc.assert(
      fc.property(steps, steps, (before, list) => {
        const state = stateAfter(before);
        const old = state.toJson();
        const tx = createTx(state);
        perform(tx, list);
        state.apply(tx.diff());
        state.apply(tx.inverse());
        expect(state.toJson()).toEqual(old);
      }),
    );
  });

  test('R3 two diffs merged do what they do one after the other', () => {
    fc.assert(
      fc.property(steps, steps, steps, (before, first, second) => {
        const [state, merged] = [stateAfter(before), stateAfter(before)];
        const a = createTx(state);
        perform(a, first);
        const diffA = freeze(a.diff());
        state.apply(diffA);
        const b = createTx(state);
        perform(b, second);
        const diffB = freeze(b.diff());
        state.apply(diffB);
        merged.apply(mergeDiffs(diffA, diffB));
        expect(merged.toJson()).toEqual(state.toJson());
        expect(merged.bytes).toBe(state.bytes);
      }),
    );
  });

  test('R4 that is dropped leaves nothing, one that is committed hands everything over', () => {
    fc.assert(
      fc.property(steps, steps, steps, (before, kept, dropped) => {
        const state = stateAfter(before);
        const tx = createTx(state);
        const first = tx.begin();
        perform(first, kept);
        const seen = Object.fromEntries(first.entries('item'));
        first.commit();
        perform(tx.begin(), dropped);
        expect(Object.fromEntries(tx.entries('item'))).toEqual(seen);
        const direct = createTx(state);
        perform(direct, kept);
        expect(tx.diff()).toEqual(direct.diff());
        expect([tx.bytes, tx.size('item')]).toEqual([direct.bytes, direct.size('item')]);
      }),
    );
  });

  test('R5 never changes a record that somebody holds', () => {
    fc.assert(
      fc.property(steps, steps, (before, list) => {
        const state = stateAfter(freeze(before));
        for (const [, record] of state.entries('item')) freeze(record);
        const tx = createTx(state);
        perform(tx, freeze(list));
        state.apply(freeze(tx.diff()));
        expect(state.size('item')).toBe(Object.keys(state.toJson()['item'] ?? {}).length);
      }),
    );
  });

  test('R6 records the smallest diff', () => {
    const state = new RoomState(['item']);
    state.apply({ item: { a: ['put', { text: 'one', list: [1, 2], n: 1 }] } });
    const tx = createTx(state);
    tx.patch('item', 'a', { n: ['set', 2], text: ['set', 'one'] });
    tx.patch('item', 'a', { n: ['set', 3], list: ['append', [3], 2] });
    tx.patch('item', 'a', { list: ['append', [4], 3] });
    tx.put('item', 'b', {});
    tx.remove('item', 'b');
    expect(tx.diff()).toEqual({ item: { a: ['patch', { n: ['set', 3], list: ['append', [3, 4], 2] }] } });
    tx.patch('item', 'a', { n: ['set', 1], list: ['append', [], 2] });
    expect(tx.diff()).toEqual({});
  });

  test.each(['__proto__', 'constructor', 'prototype', '', 'a\u0000b', '\ud800'])(
    'R7 refuses the name %j everywhere',
    (bad) => {
      const tx = createTx(new RoomState(['item']));
      tx.put('item', 'a', { n: 1 });
      const record: RoomRecord = Object.fromEntries([[bad, 1]]);
      expect(() => tx.put(bad, 'a', {})).toThrow(Rejection);
      expect(() => tx.put('item', bad, {})).toThrow(Rejection);
      expect(() => tx.put('item', 'b', record)).toThrow(Rejection);
      expect(() => tx.put('item', 'b', { deep: [record] })).toThrow(Rejection);
      expect(() => tx.patch('item', 'a', Object.fromEntries([[bad, ['set', 1]]]))).toThrow(Rejection);
      expect(() => new RoomState().apply({ item: Object.fromEntries([[bad, ['put', {}]]]) })).toThrow(BrokenDiff);
      expect(() => RoomState.fromJson({ item: Object.fromEntries([[bad, {}]]) })).toThrow(BrokenDiff);
      expect(tx.diff()).toEqual({ item: { a: ['put', { n: 1 }] } });
    },
  );

  test('R8 refuses what a log cannot store: NUL, lone surrogates, numbers that are not finite, halves of a pair', () => {
    const tx = createTx(new RoomState(['item']));
    for (const bad of ['\u0000', '\udc00', Number.NaN, Infinity]) {
      expect(() => tx.put('item', 'a', { bad })).toThrow(Rejection);
    }
    tx.put('item', 'a', { text: 'a👩' });
    expect(() => tx.patch('item', 'a', { text: ['append', 'x', 2] })).toThrow(Rejection);
    tx.patch('item', 'a', { text: ['append', 'x', 3] });
    expect(tx.get('item', 'a')).toEqual({ text: 'a👩x' });
  });

  test('R9 refuses an append that does not continue what is there', () => {
    const tx = createTx(new RoomState(['item']));
    tx.put('item', 'a', { list: [1], text: 'x', n: 1 });
    for (const bad of [
      { list: ['append', [2], 2] },
      { list: ['append', 'x', 1] },
      { n: ['append', [1], 0] },
      { none: ['append', 'x', 0] },
    ] as const) {
      expect(() => tx.patch('item', 'a', bad)).toThrow('What this continues is not there any more.');
    }
  });
});

test('R10 bytes are those of JSON.stringify and at most one more for each container', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
      const text = JSON.stringify(json);
      const bytes = new TextEncoder().encode(text).length;
      const counted = jsonBytes(JSON.parse(text));
      expect(counted).toBeGreaterThanOrEqual(bytes);
      expect(counted).toBeLessThanOrEqual(bytes + text.split(/[[{]/).length - 1);
    }),
  );
});
