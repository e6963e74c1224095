import { expect, test } from 'vitest';
import { BoardPresenceSender } from './board-presence-sender.ts';
import type { BoardRoomHandle } from './board-session.ts';

/** The one thing of a room that is used here. */
function createRoom() {
  const sent: unknown[] = [];
  const room = { setPresence: (meta: unknown) => sent.push(meta) } as unknown as BoardRoomHandle;
  return { room, sent };
}

test('cursor and selection travel in one message, and the same selection is told once', () => {
  const { room, sent } = createRoom();
  const sender = new BoardPresenceSender(room);
  const selected = { a: true } as const;
  sender.setSelection(selected);
  sender.setSelection(selected);
  sender.setCursor({ x: 1.04, y: 2, tool: 'pointer' }, 'down');
  expect(sent).toEqual([
    { cursor: null, tool: 'pointer', button: 'up', selection: ['a'] },
    { cursor: { x: 1, y: 2 }, tool: 'pointer', button: 'down', selection: ['a'] },
  ]);
});

test('a visitor tells nothing', () => {
  const { room, sent } = createRoom();
  const sender = new BoardPresenceSender(room, true);
  sender.setSelection({ a: true });
  sender.setCursor({ x: 1, y: 2, tool: 'laser' });
  sender.setCursor(null);
  expect(sent).toEqual([]);
});
