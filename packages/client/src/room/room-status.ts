import type { EndReason, Role } from '@atrium/rooms';
import type { Refusal } from '../refusal.ts';

/** How the room is doing; a new object after each change. */
export interface RoomStatus {
  /** `refused`: the server said no (see `refusal`) · `ended`: it was taken away (see `endReason`). Both are final. */
  readonly phase: 'opening' | 'live' | 'reconnecting' | 'refused' | 'ended';
  /** Null until the first snapshot. */
  readonly role: Role | null;
  readonly refusal: Refusal | null;
  readonly endReason: EndReason | null;
}
