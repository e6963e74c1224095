/**
 * What one person did in a room, to be taken back: their own steps, each with the records it touched as they were before
 * and after it. A step goes back only where the record is still as the step left it, so nobody else's work is undone; what
 * others changed beside it stays.
 */
import { isSameJson, type RoomRecord, type StateReader, type WantedRecord } from '@atrium/rooms/kind';

export interface TouchedRecord {
  readonly collection: string;
  readonly id: string;
  readonly before: RoomRecord | undefined;
  readonly after: RoomRecord | undefined;
}

export type UndoStep = readonly TouchedRecord[];

/** Older steps are forgotten. */
const most = 200;

export class UndoStack {
  private done: UndoStep[] = [];
  private undone: UndoStep[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Something new was done: what had been taken back cannot be done again. */
  note(step: UndoStep): void {
    if (step.length === 0) return;
    this.done.push(step);
    if (this.done.length > most) this.done.shift();
    this.undone = [];
  }

  /** It was refused, so there is nothing to take back. */
  drop(step: UndoStep): void {
    this.done = this.done.filter((each) => each !== step);
    this.undone = this.undone.filter((each) => each !== step);
  }

  /** What takes the last step back that can be; null when there is none. */
  undo(state: StateReader): readonly WantedRecord[] | null {
    return move({ from: this.done, to: this.undone, state });
  }

  redo(state: StateReader): readonly WantedRecord[] | null {
    return move({ from: this.undone, to: this.done, state });
  }
}

function move(opts: { from: UndoStep[]; to: UndoStep[]; state: StateReader }): readonly WantedRecord[] | null {
  for (let step = opts.from.pop(); step; step = opts.from.pop()) {
    const wanted = step.flatMap((touched) => wish(touched, opts.state) ?? []);
    if (wanted.length === 0) continue;
    opts.to.push(step.map(({ before, after, ...place }) => ({ ...place, before: after, after: before })));
    return wanted;
  }
  return null;
}

/** Null where somebody else has been since. */
function wish({ collection, id, before, after }: TouchedRecord, state: StateReader): WantedRecord | null {
  const now = state.get(collection, id);
  if (after === undefined) return now === undefined && before ? { collection, id, record: before, keys: null } : null;
  if (now === undefined) return null;
  if (before === undefined) return isSameJson(now, after) ? { collection, id, record: undefined, keys: [] } : null;
  const keys = changedKeys(before, after).filter((key) => isSameJson(now[key], after[key]));
  if (keys.length === 0) return null;
  const kept = Object.entries(now).filter(([key]) => !keys.includes(key));
  const restored = Object.entries(before).filter(([key]) => keys.includes(key));
  return { collection, id, record: Object.fromEntries([...kept, ...restored]), keys };
}

function changedKeys(before: RoomRecord, after: RoomRecord): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isSameJson(before[key], after[key]),
  );
}
