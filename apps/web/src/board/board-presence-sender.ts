import { bounds } from '@atrium/kinds/board';
import type { BoardRoomHandle } from './board-session.ts';

type Selection = { readonly [id: string]: true };

/** All of what the kind's `presence` schema allows. */
interface Message {
  readonly cursor: { readonly x: number; readonly y: number } | null;
  readonly tool: 'pointer' | 'laser';
  readonly button: 'up' | 'down';
  readonly selection: readonly string[];
}

/** Joins cursor and selection into one message; the room sends it at most every 50 ms. */
export class BoardPresenceSender {
  private readonly room: BoardRoomHandle;
  private readonly isSilent: boolean;
  private selected: Selection = {};
  private message: Message = { cursor: null, tool: 'pointer', button: 'up', selection: [] };

  /** `isSilent`: somebody who only visits the room is seen in it, and tells nothing: the server would refuse it. */
  constructor(room: BoardRoomHandle, isSilent = false) {
    this.room = room;
    this.isSilent = isSilent;
  }

  /** Scene coordinates; null when the pointer left the canvas. */
  setCursor(pointer: { x: number; y: number; tool: 'pointer' | 'laser' } | null, button: 'up' | 'down' = 'up'): void {
    const cursor = pointer && { x: round(pointer.x), y: round(pointer.y) };
    this.set({ cursor, tool: pointer?.tool ?? 'pointer', button });
  }

  /** The canvas hands over the same object until the selection changes. */
  setSelection(selected: Selection): void {
    if (selected === this.selected) return;
    this.selected = selected;
    this.set({ selection: Object.keys(selected).slice(0, bounds.selection) });
  }

  private set(change: Partial<Message>): void {
    this.message = { ...this.message, ...change };
    if (!this.isSilent) this.room.setPresence({ ...this.message });
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
