import type { ClientMemory, CommandResult } from '../log/room-log.ts';

/** Exactly once: what a room remembers of a client's numbered commands. Pure. */

/** How many sequence numbers back an answer is remembered. */
export const rememberedSeqs = 1_000;

/** Bytes of JSON of the rejections that are remembered: of one client, and of all clients of a person. */
export const rememberedBytes = 32 * 1024;
export const rememberedBytesPerUser = 128 * 1024;

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
  if (seq <= Math.max(lastSeq - rememberedSeqs, memory?.forgotten ?? 0)) return { type: 'too-old' };
  const rejected = memory?.rejected.find((result) => result.seq === seq);
  return { type: 'repeat', result: rejected ?? { seq, ok: true } };
}

export function remember(
  memory: ClientMemory | undefined,
  result: CommandResult,
  commit: { readonly ver: number; readonly at: number },
): ClientMemory {
  const oldest = result.seq - rememberedSeqs;
  const before = memory?.rejected ?? [];
  let forgotten = memory?.forgotten ?? 0;
  let bytes = bytesOf(before) + (result.ok ? 0 : bytesOf([result]));
  let gone = 0;
  for (const answer of before) {
    if (answer.seq > oldest && bytes <= rememberedBytes) break;
    forgotten = answer.seq;
    bytes -= bytesOf([answer]);
    gone += 1;
  }
  const isSame = gone === 0 && result.ok;
  const rejected = isSame ? before : [...before.slice(gone), ...(result.ok ? [] : [result])];
  sizes.set(rejected, bytes);
  const { ver, at } = commit;
  return { lastSeq: result.seq, ver, at, rejected, ...(forgotten > oldest && { forgotten }) };
}

/** Counted once for each list: a client may have hundreds of answers, and gets them one by one. */
const sizes = new WeakMap<ClientMemory['rejected'], number>();

function bytesOf(rejected: ClientMemory['rejected']): number {
  return (
    sizes.get(rejected) ??
    rejected.reduce((bytes, { code, message }) => bytes + Buffer.byteLength(JSON.stringify({ code, message })) + 32, 0)
  );
}

/**
 * The clients worth keeping: used within `time`, and of each person the newest `perUser`. Of a person whose clients
 * remember more than `rememberedBytesPerUser`, those used last keep their answers; the others know only their number.
 */
export function pruneClients(
  clients: ReadonlyMap<string, ClientMemory>,
  bounds: { readonly now: number; readonly time: number; readonly perUser: number },
): Map<string, ClientMemory> {
  const kept = new Map<string, ClientMemory>();
  const users = new Map<string, { readonly count: number; readonly bytes: number }>();
  for (const [key, memory] of [...clients].toSorted(([, a], [, b]) => b.at - a.at || b.ver - a.ver)) {
    const userId = key.slice(0, key.lastIndexOf('/'));
    const { count, bytes } = users.get(userId) ?? { count: 0, bytes: 0 };
    if (count >= bounds.perUser || memory.at < bounds.now - bounds.time) continue;
    const sum = bytes + bytesOf(memory.rejected);
    users.set(userId, { count: count + 1, bytes: sum });
    kept.set(key, sum > rememberedBytesPerUser ? forgetAnswers(memory) : memory);
  }
  return kept;
}

function forgetAnswers(memory: ClientMemory): ClientMemory {
  const newest = memory.rejected.at(-1);
  return newest === undefined ? memory : { ...memory, rejected: [], forgotten: newest.seq };
}
