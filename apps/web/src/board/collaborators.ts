import type { BoardPresence } from '@atrium/kinds/board';
import type { Json, PresencePerson } from '@atrium/rooms';
import type { Collaborator, SocketId } from '@excalidraw/excalidraw/types';

/**
 * The others for the canvas: one cursor per open tab, one person (and one colour) per user id.
 * Oneself is left out: nobody needs to see their own cursor twice.
 */
export function collaboratorsOf(people: readonly PresencePerson[], userId: string | null): Map<SocketId, Collaborator> {
  const collaborators = new Map<SocketId, Collaborator>();
  for (const person of people) {
    if (person.userId === userId) continue;
    for (const { id, meta } of person.connections) {
      // The canvas brands these ids; any string that is unique per tab is one.
      const socketId = id as SocketId;
      collaborators.set(socketId, { id: person.userId, socketId, username: person.name, ...shownOf(meta) });
    }
  }
  return collaborators;
}

function shownOf(meta: Json): Collaborator {
  if (!isBoardPresence(meta)) return {};
  const { cursor, tool = 'pointer', button = 'up', selection = [] } = meta;
  return {
    button,
    selectedElementIds: Object.fromEntries(selection.map((id) => [id, true as const])),
    ...(cursor ? { pointer: { ...cursor, tool } } : {}),
  };
}

/** The server let in nothing else; null stands for a tab that has not said anything yet. */
function isBoardPresence(meta: Json): meta is Json & BoardPresence {
  return meta !== null;
}
