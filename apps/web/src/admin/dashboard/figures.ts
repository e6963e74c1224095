import type { AdminLive } from '@atrium/api';

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** "3 d 4 h", "12 min 5 s", "40 s": the two largest units. */
export function durationText(seconds: number): string {
  const first = Math.max(
    0,
    units.findIndex(([, size]) => seconds >= size),
  );
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  let rest = seconds;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return `${count} ${unit}`;
  });
  return parts.join(' ');
}

/** Of bytes: "213 MB", "1.4 GB". */
export function memoryText(bytes: number): string {
  const megabytes = bytes / 1_048_576;
  return megabytes < 1_000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1_024).toFixed(1)} GB`;
}

/** "0.42 ms", "3.1 ms", "120 ms". */
export function millisecondsText(ms: number): string {
  const digits = ms >= 10 || ms === 0 ? 0 : ms >= 1 ? 1 : 2;
  return `${ms.toFixed(digits)} ms`;
}

/** "12,345". */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

/** The figures in a sentence, for whoever does not see them side by side. */
export function summaryOf({ people, sockets, rooms, commandsPerSecond, latency }: AdminLive): string {
  const speed = latency === null ? '' : `, half of them saved within ${millisecondsText(latency.p50)}`;
  return (
    `${counted(people, 'person', 'people')} with ${counted(sockets, 'connection', 'connections')}, ` +
    `${counted(rooms, 'open room', 'open rooms')}, ${counted(commandsPerSecond, 'command', 'commands')} a second${speed}.`
  );
}

function counted(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
