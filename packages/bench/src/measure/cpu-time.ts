import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU that a process has used. Only Linux tells of another process; elsewhere everything is 0. */
export interface CpuTime {
  readonly main: number;
  /** Of the busiest other thread: in the server with an embedded database, that database. */
  readonly second: number;
  /** All other threads: garbage collector, compiler, file system. */
  readonly rest: number;
}

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

/** 0 when it is gone. The name in brackets may hold spaces, so fields are counted behind it. */
export function parentOf(pid: number): number {
  const text = textOf(`/proc/${pid}/stat`);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function threadsOf(pid: number): Map<number, number> {
  const folder = `/proc/${pid}/task`;
  return new Map(idsIn(folder).map((id) => [id, secondsOf(`${folder}/${id}`)]));
}

function childrenOf(parent: number): Map<number, number> {
  const children = parent === 0 ? [] : idsIn('/proc').filter((pid) => parentOf(pid) === parent);
  return new Map(children.map((pid) => [pid, secondsOf(`/proc/${pid}`)]));
}

function idsIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Of a thread; 0 when it is gone. */
function secondsOf(folder: string): number {
  return Number(textOf(`${folder}/schedstat`).split(' ')[0]) / 1_000_000_000;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
