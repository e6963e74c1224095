import type { ClientMemory, CommandResult } from '../log/room-log.ts';

/** Exactly once: what a room remembers of a client's numbered commands. Pure. */

/** How many sequence numbers back an answer is remembered. */
export const rememberedSeqs = 1_000;

export type Recall =
  | { readonly type: 'next' }
  | { readonly type: 'repeat'; readonly result: CommandResult }
  | { readonly type: 'gap'; readonly expected: number }
  | { readonly type: 'too-old' };

/** The key of a client's memory: nobody can ask for another person's answers. */
export function clientKey(userId: string, clientId: string): string {
  return `${userId}/${clientId}`;
}

export function recall(memory: ClientMemory | undefined, seq: number): Recall {
  const lastSeq = memory?.lastSeq ?? 0;
  if (seq === lastSeq + 1) return { type: 'next' };
  if (seq > lastSeq) return { type: 'gap', expected: lastSeq + 1 };
  if (seq <= lastSeq - rememberedSeqs) return { type: 'too-old' };
  const rejected = memory?.rejected.find((result) => result.seq === seq);
  return { type: 'repeat', result: rejected ?? { seq, ok: true } };
}

export function remember(
  memory: ClientMemory | undefined,
  result: CommandResult,
  commit: { readonly ver: number; readonly at: number },
): ClientMemory {
  const oldest = result.seq - rememberedSeqs;
  let rejected = memory?.rejected ?? [];
  if (rejected[0] !== undefined && rejected[0].seq <= oldest) rejected = rejected.filter(({ seq }) => seq > oldest);
  if (!result.ok) rejected = [...rejected, result];
  return { lastSeq: result.seq, ver: commit.ver, at: commit.at, rejected };
}

export interface ClientBounds {
  readonly now: number;
  readonly time: number;
  /** Clients of one person, and bytes of JSON of what they were refused. */
  readonly perUser: number;
  readonly bytesPerUser: number;
}

/** The clients worth keeping: used within `time`, and of each person the newest, as many as the bounds allow. */
export function pruneClients(
  clients: ReadonlyMap<string, ClientMemory>,
  bounds: ClientBounds,
): Map<string, ClientMemory> {
  const kept = new Map<string, ClientMemory>();
  const perUser = new Map<string, { readonly count: number; readonly bytes: number }>();
  for (const [key, memory] of [...clients].toSorted(([, a], [, b]) => b.at - a.at || b.ver - a.ver)) {
    const userId = key.slice(0, key.lastIndexOf('/'));
    const { count, bytes } = perUser.get(userId) ?? { count: 0, bytes: 0 };
    const isFull = count >= bounds.perUser || bytes > bounds.bytesPerUser;
    if (isFull || memory.at < bounds.now - bounds.time) continue;
    const own = memory.rejected.length === 0 ? 0 : JSON.stringify(memory.rejected).length;
    perUser.set(userId, { count: count + 1, bytes: bytes + own });
    kept.set(key, memory);
  }
  return kept;
}
