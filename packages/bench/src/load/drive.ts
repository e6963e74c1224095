import { percentile } from '../percentile.ts';
import type { RoomSocket } from './room-socket.ts';

export interface Loop {
  /** Commands that were answered so far. */
  acknowledged(): number;
  /** Resolves when nothing is in flight any more. */
  stop(): Promise<void>;
}

/** From now on everybody has one call in flight, always, with so many commands in it. */
export function startLoop(sockets: readonly RoomSocket[], commands = 1): Loop {
  let [acknowledged, resting] = [0, 0];
  let isOver = false;
  let rested = (): void => {};
  for (const socket of sockets) {
    const again = (): void => {
      acknowledged += commands;
      if (!isOver) socket.draw(again, commands);
      else if ((resting += 1) === sockets.length) rested();
    };
    socket.draw(again, commands);
  }
  return {
    acknowledged: () => acknowledged,
    stop: () =>
      new Promise((resolve) => {
        rested = resolve;
        isOver = true;
      }),
  };
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** For the last answers, ms. */
const patience = 10_000;

/** So many commands a second in all, from one after the other; from the call to its acknowledgement, in ms. */
export async function paced(
  sockets: readonly RoomSocket[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Latency> {
  const times: number[] = [];
  const began = performance.now();
  let sent = 0;
  for (let now = 0; now < seconds * 1_000; now = performance.now() - began) {
    for (; sent < (now * perSecond) / 1_000; sent += 1) {
      const called = performance.now();
      sockets[sent % sockets.length]?.draw(() => void times.push(performance.now() - called));
    }
    await pause(1);
  }
  for (let waited = 0; times.length < sent && waited < patience; waited += 10) await pause(10);
  if (times.length !== sent) throw new Error(`${sent - times.length} of ${sent} commands were not acknowledged.`);
  const measured = times.slice(perSecond);
  return { p50: percentile(measured, 50), p99: percentile(measured, 99), perSecond: sent / seconds };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
