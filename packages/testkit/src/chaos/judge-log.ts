import type { RoomBatch, StateJson } from '@atrium/rooms';
import { RoomState } from '@atrium/rooms/kind';
import type { ScriptedKind } from './script.ts';

/** What is wrong with a log in which `count` commands should be, each accepted once and in the order of its client. */
export function judgeLog(batches: readonly RoomBatch[], count: number): readonly string[] {
  const flaws: string[] = [];
  const seqs = new Map<string, number>();
  // What was compacted can not be counted.
  const isWhole = batches[0]?.ver === 1;
  let before: RoomBatch | undefined;
  for (const batch of batches) {
    if (before && (batch.ver !== before.ver + 1 || batch.prevHash !== before.hash)) {
      flaws.push(`batch ${batch.ver} does not continue ${before.ver}`);
    }
    before = batch;
    for (const { userId, clientId, name, result } of batch.commands) {
      const key = `${userId}/${clientId}`;
      const last = seqs.get(key) ?? (isWhole ? 0 : result.seq - 1);
      if (result.seq !== last + 1) flaws.push(`${key}: number ${result.seq} follows ${last}`);
      if (!result.ok) flaws.push(`${key}: ${name} ${result.seq} was rejected: ${result.message}`);
      seqs.set(key, result.seq);
    }
  }
  const found = batches.reduce((sum, { commands }) => sum + commands.length, 0);
  if (isWhole && found !== count) flaws.push(`the log holds ${found} commands of ${count}`);
  return flaws;
}

/** What the batches of a whole log lead to, as viewers see it; null when the log was compacted. */
export function replay(batches: readonly RoomBatch[], kind: ScriptedKind): StateJson | null {
  if (batches[0]?.ver !== 1) return null;
  const state = new RoomState(kind.collections);
  for (const { diff } of batches) state.apply(diff);
  return state.toJson(kind.hidden);
}
