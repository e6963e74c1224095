import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientMemory, CommandResult } from '../log/room-log.ts';
import { clientKey, pruneClients, recall, remember, rememberedSeqs } from './client-memory.ts';

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

  test('R27 is kept for the newest clients of each person, and nobody can push out another', () => {
    const clients = new Map<string, ClientMemory>();
    const memoryAt = (at: number): ClientMemory => ({ lastSeq: 1, ver: at, at, rejected: [] });
    clients.set(clientKey('ada', 'tab'), memoryAt(500));
    clients.set(clientKey('old', 'tab'), memoryAt(99));
    for (let n = 0; n < 300; n += 1) clients.set(clientKey('eve', `tab-${n}`), memoryAt(600 + n));
    const kept = pruneClients(clients, { now: 1_100, time: 1_000, perUser: 200, bytesPerUser: 1_000 });
    expect(kept.size).toBe(201);
    expect(kept.has('ada/tab')).toBe(true);
    expect(kept.has('old/tab')).toBe(false);
    expect([kept.has('eve/tab-99'), kept.has('eve/tab-100')]).toEqual([false, true]);
  });

  test('R27 is kept of a person who was refused a lot until that fills what one person may fill', () => {
    const clients = new Map<string, ClientMemory>();
    const rejected = Array.from({ length: 100 }, (_, index) => ({
      seq: index + 1,
      ok: false as const,
      code: 'invalid' as const,
      message: 'x'.repeat(100),
    }));
    for (let n = 0; n < 100; n += 1)
      clients.set(clientKey('eve', `tab-${n}`), { lastSeq: 100, ver: n, at: n, rejected });
    clients.set(clientKey('ada', 'tab'), { lastSeq: 1, ver: 1, at: 1, rejected: [] });
    const kept = pruneClients(clients, { now: 100, time: 1_000, perUser: 200, bytesPerUser: 50_000 });
    expect(JSON.stringify([...kept]).length).toBeLessThan(80_000);
    expect([kept.has('eve/tab-99'), kept.has('ada/tab')]).toEqual([true, true]);
  });
});
