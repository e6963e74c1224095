import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';

/** Appends to a file and waits for the disk each time: the least that "it is on disk" can cost here. */
export async function startDisk(): Promise<AsyncDisposable & { append(text: string): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-disk-'));
  const file = await open(join(folder, 'log'), 'a');
  return {
    async append(text) {
      await file.write(text);
      await file.datasync();
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface MeasuredDisk {
  readonly perSecond: number;
  /** Milliseconds of one append. */
  readonly p50: number;
  readonly p99: number;
}

/** What the disk alone can do: appends of the size of a batch, each synced before the next. */
export async function measureDisk(): Promise<MeasuredDisk> {
  await using disk = await startDisk();
  const line = 'x'.repeat(400);
  const times: number[] = [];
  for (const began = performance.now(); performance.now() - began < 1_500;) {
    const called = performance.now();
    await disk.append(line);
    times.push(performance.now() - called);
  }
  const total = times.reduce((sum, ms) => sum + ms, 0);
  return { perSecond: (times.length / total) * 1_000, p50: percentile(times, 50), p99: percentile(times, 99) };
}

/** A latency in milliseconds, beside the least that being on disk can cost. */
export function besideBareDisk(what: string, ours: number, bare: number): Row {
  return {
    what,
    value: `${ours.toFixed(2)} ms`,
    baseline: `bare ws echo and one synced append: ${bare.toFixed(2)} ms`,
    ratio: ours / bare,
  };
}
