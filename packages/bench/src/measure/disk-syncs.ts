import { readFileSync } from 'node:fs';

/** Flushes that all disks of this machine have done: each fsync of anybody is one. 0 where nobody counts them. */
export function countSyncs(): number {
  try {
    const lines = readFileSync('/proc/diskstats', 'utf8').trim().split('\n');
    return lines.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[18] ?? 0), 0);
  } catch {
    return 0;
  }
}
