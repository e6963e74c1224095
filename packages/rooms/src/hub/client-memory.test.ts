import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientMemory, CommandResult } from '../log/room-log.ts';
import {
  clientKey,
  pruneClients,
  recall,
  remember,
  rememberedBytes,
  rememberedBytesPerUser,
  rememberedSeqs,
} from './client-memory.ts';

const resultOf = (seq: number, isRejected: boolean): CommandResult =>
  isRejected ? { seq, ok: false, code: 'conflict', message: `No ${seq}.` } : { seq, ok: true };

describe('the memory of a client', () => {
  test('R24 gives every one of the last 1,000 answers as it was given, R25 and none before', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 2_500 }), (rejections) => {
        let memory: ClientMemory | undefined;
        rejections.forEach((isRejected, index) => {
          memory = remember(memory, resultOf(index + 1, isRejected), { ver: index, at: index });
        });
        const last = rejections.length;
        for (let seq = 1; seq <= last; seq += 1) {
          const expected =
            seq > last - rememberedSeqs
              ? { type: 'repeat', result: resultOf(seq, rejections[seq - 1] === true) }
              : { type: 'too-old' };
          expect(recall(memory, seq)).toEqual(expected);
        }
        expect(recall(memory, last + 1)).toEqual({ type: 'next' });
        expect(recall(memory, last + 2)).toEqual({ type: 'gap', expected: last + 1 });
        expect(memory?.rejected.length).toBeLessThanOrEqual(rememberedSeqs);
      }),
      { numRuns: 20 },
    );
  });

  /** A client that is refused again and again, each time at length. */
  const refusedMemory = (times: number, at = 0): ClientMemory | undefined => {
    let memory: ClientMemory | undefined;
    for (let seq = 1; seq <= times; seq += 1) {
      memory = remember(memory, { seq, ok: false, code: 'invalid', message: 'No. '.repeat(50) }, { ver: seq, at });
    }
    return memory;
  };
  const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  test('R25 holds no more than 32 KiB: of a client that is refused at length, the newest answers', () => {
    const memory = refusedMemory(1_000);
    expect(bytesOf(memory)).toBeLessThan(rememberedBytes + 200);
    expect(bytesOf(memory)).toBeGreaterThan(rememberedBytes / 2);
    const known = memory?.rejected[0]?.seq ?? 0;
    expect(recall(memory, known)).toEqual({ type: 'repeat', result: memory?.rejected[0] });
    expect(recall(memory, known - 1)).toEqual({ type: 'too-old' });
    expect(recall(memory, 1_001)).toEqual({ type: 'next' });
    // What was forgotten stays so, until it would be too old in any case.
    const later = remember(memory, { seq: 1_001, ok: true }, { ver: 1, at: 1 });
    expect(recall(later, known - 1)).toEqual({ type: 'too-old' });
    expect(recall(later, 1_001)).toEqual({ type: 'repeat', result: { seq: 1_001, ok: true } });
  });

  test('R25 holds no more than 128 KiB of a person: older clients keep their number and no answers', () => {
    const clients = new Map<string, ClientMemory>();
    for (let n = 0; n < 10; n += 1) {
      const memory = refusedMemory(1_000, n);
      if (memory !== undefined) clients.set(clientKey('eve', `tab-${n}`), memory);
    }
    const kept = pruneClients(clients, { now: 10, time: 1_000, perUser: 200 });
    expect(bytesOf(Object.fromEntries(kept))).toBeLessThan(rememberedBytesPerUser + 2_000);
    expect(kept.get('eve/tab-9')).toEqual(clients.get('eve/tab-9'));
    const oldest = kept.get('eve/tab-0');
    expect([recall(oldest, 1_000), recall(oldest, 1_001)]).toEqual([{ type: 'too-old' }, { type: 'next' }]);
  });

  test('R27 is kept for the newest clients of each person, and nobody can push out another', () => {
    const clients = new Map<string, ClientMemory>();
    const memoryAt = (at: number): ClientMemory => ({ lastSeq: 1, ver: at, at, rejected: [] });
    clients.set(clientKey('ada', 'tab'), memoryAt(500));
    clients.set(clientKey('old', 'tab'), memoryAt(99));
    for (let n = 0; n < 300; n += 1) clients.set(clientKey('eve', `tab-${n}`), memoryAt(600 + n));
    const kept = pruneClients(clients, { now: 1_100, time: 1_000, perUser: 200 });
    expect(kept.size).toBe(201);
    expect(kept.has('ada/tab')).toBe(true);
    expect(kept.has('old/tab')).toBe(false);
    expect([kept.has('eve/tab-99'), kept.has('eve/tab-100')]).toEqual([false, true]);
  });
});
