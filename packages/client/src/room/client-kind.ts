import type { RoomKind } from '@atrium/rooms/kind';

/**
 * The part of a room kind that the client needs: its name, and what its commands take. A whole `RoomKind` is run here too,
 * so that what a person does is shown at once.
 */
export interface ClientKind {
  readonly name: string;
  readonly inputTypes?: unknown;
}

/** True for a kind whose commands can be run here. */
export function isRoomKind(kind: ClientKind): kind is ClientKind & RoomKind {
  return 'commands' in kind && 'collections' in kind;
}
