import type { Diff } from '../kind/diff.ts';
import { mergeDiffs } from '../kind/merge-diffs.ts';
import type { RoomBatch } from '../log/room-log.ts';
import type { RoomEvent } from './room-event.ts';

export type DiffEvent = Extract<RoomEvent, { type: 'diff' }>;

/** What the viewers of a room are told of a batch: made once and shared by all of them. */
export function diffEventOf(batch: RoomBatch, hidden: readonly string[]): DiffEvent {
  const lastSeqs = new Map<string, number>();
  for (const { clientId, result } of batch.commands) lastSeqs.set(clientId, result.seq);
  return {
    type: 'diff',
    prev: batch.ver - 1,
    ver: batch.ver,
    at: batch.at,
    by: [...new Set(batch.commands.map(({ userId }) => userId))],
    acks: [...lastSeqs].map(([clientId, seq]) => ({ clientId, seq })),
    diff: visible(batch.diff, hidden),
  };
}

/** One event with the effect of several that follow each other. */
export function joinEvents(events: readonly [DiffEvent, ...DiffEvent[]]): DiffEvent {
  const [first, ...rest] = events;
  const last = rest.at(-1);
  if (last === undefined) return first;
  return {
    type: 'diff',
    prev: first.prev,
    ver: last.ver,
    at: last.at,
    by: [...new Set(events.flatMap(({ by }) => by))],
    acks: [...new Map(events.flatMap(({ acks }) => acks.map(({ clientId, seq }) => [clientId, seq])))].map(
      ([clientId, seq]) => ({ clientId, seq }),
    ),
    diff: joinDiffs(events.map(({ diff }) => diff)),
  };
}

/** Merges pairwise, so that every change is copied about log2(n) times instead of n times. */
function joinDiffs(diffs: readonly Diff[]): Diff {
  const [first] = diffs;
  if (diffs.length < 2) return first ?? {};
  const middle = diffs.length >> 1;
  return mergeDiffs(joinDiffs(diffs.slice(0, middle)), joinDiffs(diffs.slice(middle)));
}

function visible(diff: Diff, hidden: readonly string[]): Diff {
  if (!hidden.some((collection) => Object.hasOwn(diff, collection))) return diff;
  return Object.fromEntries(Object.entries(diff).filter(([collection]) => !hidden.includes(collection)));
}
