import type { DoneBy, EndReason, Role } from '@atrium/rooms';
import type { Refusal } from '../refusal.ts';

/** How the room is doing; a new object after each change. */
export interface RoomStatus {
  /** `refused`: the server said no (see `refusal`) · `ended`: it was taken away (see `endReason`). Both are final. */
  readonly phase: 'opening' | 'live' | 'reconnecting' | 'refused' | 'ended';
  /** Null until the first snapshot. */
  readonly role: Role | null;
  /** Null until it was archived or brought back while the room was open. */
  readonly archived: boolean | null;
  /** The same for a room that an administrator froze or thawed. */
  readonly frozen: boolean | null;
  readonly refusal: Refusal | null;
  readonly endReason: EndReason | null;
  /** Who last changed the role, archived the room or took it away; null when nobody is known to have. */
  readonly by: DoneBy | null;
}

/** Before anything has come. */
export const openingStatus: RoomStatus = {
  phase: 'opening',
  role: null,
  archived: null,
  frozen: null,
  refusal: null,
  endReason: null,
  by: null,
};
