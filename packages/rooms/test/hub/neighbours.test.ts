import { expect, test } from 'vitest';
import { createMemoryBus } from '../../src/bus/memory-bus.ts';
import { createRoomHub } from '../../src/hub/create-room-hub.ts';
import type { RoomHub, SentCommand } from '../../src/hub/room-hub.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { slowTally, tally } from '../../src/testing/tally-kind.ts';

/** Real time: nothing here is simulated but the disk. */

/** Computes for this long, as a kind does that looks at every record. */
function burn(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const actor = () => ({ userId: 'ada', name: 'Ada', role: 'editor' as const });
const put = (seq: number, text: string): SentCommand => ({ seq, name: 'put', input: { id: 'a', text } });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The 99th percentile of what a command takes that is due every 5 ms: counted from when it was due, not from when it could be sent. */
async function latencyOf(hub: RoomHub, clientId: string, until: Promise<unknown>): Promise<number> {
  const room = { roomId: 'neighbour', kind: 'tally' };
  const latencies: number[] = [];
  const answers: Promise<unknown>[] = [];
  let isOver = false;
  void until.then(() => (isOver = true));
  let due = performance.now();
  for (let seq = 1; !isOver; due += 5) {
    if (due > performance.now()) await pause(due - performance.now());
    const dueAt = due;
    const sent = hub.send(room, actor, { clientId, commands: [put(seq, '')] });
    answers.push(sent.then(() => latencies.push(performance.now() - dueAt)));
    seq += 1;
  }
  await Promise.all(answers);
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0;
}

test(
  'R39 keeps the neighbours of a room quick that is sent one request of two seconds',
  { timeout: 20_000 },
  async () => {
    const hub = createRoomHub({
      log: createMemoryRoomLog(),
      bus: createMemoryBus(),
      kinds: [tally, { ...slowTally(() => burn(4)), name: 'slow' }],
      node: 'node-a',
      // All the time there is: the neighbour is helped by nothing but the turns.
      limits: { runTimePerSecond: 1_000 },
    });
    const alone = await latencyOf(hub, 'alone', pause(1_000));
    const commands = Array.from({ length: 500 }, (_, index) => put(index + 1, 'x'.repeat(420)));
    expect(JSON.stringify(commands).length).toBeGreaterThan(200_000);
    const started = performance.now();
    const long = hub.send({ roomId: 'busy', kind: 'slow' }, actor, { clientId: 'tab', commands });
    const beside = await latencyOf(hub, 'beside', long);
    expect((await long).results.every(({ ok }) => ok)).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(2_000);
    // One turn of the other room, and what a busy machine adds; the whole request would be two seconds.
    expect(beside).toBeLessThan(50 + 10 * alone);
  },
);
