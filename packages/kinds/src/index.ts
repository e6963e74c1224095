import type { RoomKind } from '@atrium/rooms/kind';
import { boardKind } from './board/index.ts';

/** Every kind of room there is, by its name. A new kind is one more line here. */
export const kinds: ReadonlyMap<string, RoomKind> = new Map<string, RoomKind>([[boardKind.name, boardKind]]);
