import { isSameJson, type PropChange, type RoomRecord } from '@atrium/rooms/kind';
import type { BoardElement } from './element.ts';

type Changes = { readonly [key: string]: PropChange };

export function changedKeys(before: RoomRecord, after: RoomRecord): string[] {
  return Object.keys(after).filter((key) => !isSameJson(before[key], after[key]));
}

/**
 * What leads from one to the other. A stroke of which the first `keptPoints` points stayed tells only those behind
 * them, and nothing walks the others; 0 when that is not known.
 */
export function changesBetween(before: BoardElement, after: BoardElement, keptPoints: number): Changes {
  const changes: { [key: string]: PropChange } = {};
  const growth = growthOf(before, after, keptPoints);
  const record: RoomRecord = after;
  for (const key of changedKeys(before, after)) {
    const value = record[key];
    if (value !== undefined) changes[key] = growth[key] ?? ['set', value];
  }
  return changes;
}

function growthOf(before: BoardElement, after: BoardElement, keptPoints: number): Changes {
  if (keptPoints === 0 || before.type !== 'freedraw' || after.type !== 'freedraw') return {};
  const { points, pressures } = after;
  if (points === before.points) return {};
  const kept = Math.min(keptPoints, before.pressures.length);
  return {
    points: ['append', points.slice(keptPoints), keptPoints],
    pressures: ['append', pressures.slice(kept), kept],
  };
}
