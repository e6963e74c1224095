import type { Room } from '@atrium/client';
import { type BoardOp, type boardKind, canonicalElement } from '@atrium/kinds/board';
import { randomUUID } from 'node:crypto';
import { flower, type Place, type Ring } from './flower.ts';

export type Board = Room<typeof boardKind>;

/** A rejection by the rules of the board: the bot is a viewer only, the board is full. */
export class NotDrawn extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotDrawn';
  }
}

/** Points in one command, and the pause behind it (ms): slow enough to watch. */
const pointsAtOnce = 12;
const pause = 100;

/** Draws a flower around `middle`, point by point, as a hand would. Throws `NotDrawn`. */
export async function drawFlower(room: Board, middle: Place): Promise<void> {
  for (const ring of flower(200)) await drawRing(room, middle, ring);
}

async function drawRing(room: Board, middle: Place, { colour, points: places }: Ring): Promise<void> {
  const [[startX, startY] = [0, 0]] = places;
  const [x, y] = [middle[0] + startX, middle[1] + startY];
  const points = places.map(([px, py]): [number, number] => [px - startX, py - startY]);
  const id = `bot-${randomUUID()}`;
  // Two points: a line of one is none.
  const begun = { points: points.slice(0, 2), strokeColor: colour, strokeWidth: 2, width: 0, height: 0 };
  const element = canonicalElement({ id, type: 'freedraw', x, y, ...begun });
  if (element === null) throw new NotDrawn('This flower is nothing that a board can hold.');
  await edit(room, { op: 'put', element });
  for (let n = begun.points.length; n < points.length; n += pointsAtOnce) {
    const next = points.slice(n, n + pointsAtOnce);
    await edit(room, { op: 'append', id, n, points: next });
    const [penX, penY] = next.at(-1) ?? [0, 0];
    room.setPresence({ cursor: { x: x + penX, y: y + penY } });
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function edit(room: Board, op: BoardOp): Promise<void> {
  const result = await room.send('edit', { ops: [op] });
  if (!result.ok) throw new NotDrawn(result.message);
}
