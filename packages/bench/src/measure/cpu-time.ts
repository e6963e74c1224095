import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU that a process has used. Only Linux tells of another process; elsewhere everything is 0. */
export interface CpuTime {
  readonly main: number;
  /** Of the busiest other thread: in the server with an embedded database, that database. */
  readonly second: number;
  /** All other threads: garbage collector, compiler, file system. */
  readonly rest: number;
}

const ticksPerSecond = 100;

/** Reads once; `since` tells what was used from then on, thread by thread. */
export function watchCpu(pid: number): { readonly since: () => CpuTime } {
  const before = threadsOf(pid);
  return {
    since() {
      const used = new Map([...threadsOf(pid)].map(([id, seconds]) => [id, seconds - (before.get(id) ?? 0)]));
      const others = [...used].filter(([id]) => id !== pid).map(([, seconds]) => seconds);
      const second = Math.max(0, ...others);
      return { main: used.get(pid) ?? 0, second, rest: others.reduce((sum, seconds) => sum + seconds, 0) - second };
    },
  };
}

/** The same for all processes whose parent is `parent`, together: PostgreSQL's. */
export function watchChildrenCpu(parent: number): { readonly since: () => number } {
  const before = childrenOf(parent);
  return {
    since: () => [...childrenOf(parent)].reduce((sum, [id, seconds]) => sum + seconds - (before.get(id) ?? 0), 0),
  };
}

export function parentOf(pid: number): number {
  return statOf(`/proc/${pid}/stat`)?.parent ?? 0;
}

function threadsOf(pid: number): Map<number, number> {
  return secondsOf(`/proc/${pid}/task`, () => true);
}

function childrenOf(parent: number): Map<number, number> {
  return secondsOf('/proc', (stat) => stat.parent === parent);
}

function secondsOf(folder: string, isWanted: (stat: Stat) => boolean): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of namesIn(folder)) {
    const stat = /^\d+$/.test(name) ? statOf(`${folder}/${name}/stat`) : null;
    if (stat !== null && isWanted(stat)) found.set(Number(name), stat.seconds);
  }
  return found;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

interface Stat {
  readonly parent: number;
  readonly seconds: number;
}

/** Null when it is gone. The name in brackets may hold spaces, so fields are counted behind it. */
function statOf(file: string): Stat | null {
  try {
    const text = readFileSync(file, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond };
  } catch {
    return null;
  }
}
