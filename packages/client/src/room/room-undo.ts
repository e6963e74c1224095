import type { RoomKind, StateReader } from '@atrium/rooms/kind';
import { Cell, type Observable } from '../observable.ts';
import type { UnansweredCommand } from './room-store.ts';
import { UndoStack, type UndoStep } from './undo-stack.ts';

export interface RoomUndoOptions {
  /** Null for a kind that is not known here: nothing can be undone. */
  readonly kind: RoomKind | null;
  readonly store: StateReader;
  /** Does a command that is not noted as a step; true when it was accepted. */
  readonly perform: (command: UnansweredCommand) => Promise<boolean>;
}

/** Undo and redo of one person in one room: by commands, like everything that is done there. */
export class RoomUndo {
  private readonly opts: RoomUndoOptions;
  private readonly stack = new UndoStack();
  private readonly canUndoCell = new Cell(false);
  private readonly canRedoCell = new Cell(false);

  constructor(opts: RoomUndoOptions) {
    this.opts = opts;
  }

  get canUndo(): Observable<boolean> {
    return this.canUndoCell;
  }

  get canRedo(): Observable<boolean> {
    return this.canRedoCell;
  }

  note(step: UndoStep): void {
    if (!this.opts.kind?.undo) return;
    this.stack.note(step);
    this.changed();
  }

  drop(step: UndoStep): void {
    this.stack.drop(step);
    this.changed();
  }

  /** False when there was nothing of one's own to take back, or when that was refused. */
  async undo(): Promise<boolean> {
    return this.bring(this.stack.undo(this.opts.store));
  }

  async redo(): Promise<boolean> {
    return this.bring(this.stack.redo(this.opts.store));
  }

  private async bring(wanted: ReturnType<UndoStack['undo']>): Promise<boolean> {
    this.changed();
    const commands = wanted ? (this.opts.kind?.undo?.(wanted) ?? []) : [];
    const outcomes = await Promise.all(commands.map((command) => this.opts.perform(command)));
    return outcomes.length > 0 && outcomes.every(Boolean);
  }

  private changed(): void {
    this.canUndoCell.set(this.stack.canUndo);
    this.canRedoCell.set(this.stack.canRedo);
  }
}
