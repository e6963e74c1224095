import { type BoardElement, boardKind, type BoardOp, canonicalElement } from '@atrium/kinds/board';
import type { StateJson } from '@atrium/rooms';
import { isSameJson } from '@atrium/rooms/kind';
import type { Script } from './script.ts';

/**
 * Each client draws a stroke point by point, puts one rectangle after the other, and moves a rectangle of its own by 1:
 * a command that is missing, or out of order, or was done twice, shows in one of them.
 */
export const boardScript: Script = {
  kind: boardKind,
  command: (client, n) => ({ name: 'edit', input: { ops: opsOf(client, n) } }),
  judge: (state, counts) => [...counts].flatMap(([client, count]) => judgeClient(state, client, count)),
};

function opsOf(client: string, n: number): readonly BoardOp[] {
  if (n === 0) {
    const elements = [rectangle(`${client}-mover`), stroke(`${client}-stroke`)];
    return elements.map((element) => ({ op: 'put', element }));
  }
  const round = Math.floor(n / 3);
  switch (n % 3) {
    case 1:
      return [{ op: 'put', element: rectangle(`${client}-${n}`) }];
    case 2:
      return [{ op: 'move', ids: [`${client}-mover`], dx: 1, dy: 0 }];
    default:
      return [{ op: 'append', id: `${client}-stroke`, n: 1 + round, points: [[round, 0]] }];
  }
}

function judgeClient(state: StateJson, client: string, count: number): readonly string[] {
  if (count === 0) return [];
  const elements = state['element'] ?? {};
  const flaws: string[] = [];
  for (let n = 1; n < count; n += 3) if (elements[`${client}-${n}`] === undefined) flaws.push(`${client}-${n} is gone`);
  const moves = Math.floor(count / 3);
  const x = elements[`${client}-mover`]?.['x'];
  if (x !== moves) flaws.push(`${client} moved ${JSON.stringify(x)} times instead of ${moves}`);
  const expected = [[0, 0], ...Array.from({ length: Math.ceil(count / 3) }, (_, round) => [round, 0])];
  const points = elements[`${client}-stroke`]?.['points'];
  if (!isSameJson(points ?? null, expected)) {
    flaws.push(`${client}'s stroke is ${JSON.stringify(points)} instead of ${expected.length} points`);
  }
  return flaws;
}

function rectangle(id: string): BoardElement {
  return complete({ id, type: 'rectangle', x: 0, y: 0, width: 9, height: 9 });
}

function stroke(id: string): BoardElement {
  const points = [
    [0, 0],
    [0, 0],
  ];
  return complete({ id, type: 'freedraw', x: 0, y: 0, width: 0, height: 0, points, pressures: [] });
}

function complete(raw: object): BoardElement {
  const element = canonicalElement(raw);
  if (element === null) throw new Error('This is an element.');
  return element;
}
