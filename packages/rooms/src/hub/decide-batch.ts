import type { Clock } from '../clock/clock.ts';
import type { Actor, RoomKind } from '../kind/room-kind.ts';
import type { Diff } from '../kind/diff.ts';
import { type CommandOutcome, runCommand } from '../kind/run-command.ts';
import { createTx, type OpenTx } from '../kind/tx.ts';
import type { ClientMemory, CommandMeta, CommandResult } from '../log/room-log.ts';
import { clientKey, recall, remember } from './client-memory.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import { SendRefused } from './errors.ts';
import type { HubLimits } from './limits.ts';
import type { SendRequest, SentCommand } from './room-hub.ts';

/** A refusal is remembered word for word; what is longer than a sentence is cut. */
const longestMessage = 200;

/** A request as the decision sees it. */
export interface Waiting {
  readonly request: SendRequest;
  /** Bytes of JSON of its inputs. */
  readonly bytes: number;
  readonly actor: () => Actor | null;
}

export interface Decision<Request extends Waiting> {
  /** What the batch will hold; no commands when everything was a repeat or refused. */
  readonly diff: Diff;
  readonly commands: readonly CommandMeta[];
  /** In the order of the requests that were taken. */
  readonly outcomes: readonly {
    readonly waiting: Request;
    /** `unfinished`: the turn was over in the middle; what was decided is in the batch, the rest wants another turn. */
    readonly outcome: readonly CommandResult[] | SendRefused | 'unfinished';
  }[];
}

export interface DecisionOptions {
  readonly kind: RoomKind;
  readonly room: ConfirmedRoom;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Asked before each request: false ends the batch (size, time). */
  readonly hasRoom: (waiting: Waiting) => boolean;
  /** Asked before each command but the first: false ends the turn. */
  readonly hasTime: () => boolean;
  readonly onFailure: (command: string, cause: unknown) => void;
}

/** Runs what waits on top of the confirmed room, which it leaves as it is. Takes from the front of `queue`. */
export function decideBatch<Request extends Waiting>(
  queue: readonly Request[],
  opts: DecisionOptions,
): Decision<Request> {
  const draft: Draft = { tx: createTx(opts.room.state), clients: new Map(), owners: new Map(), commands: [] };
  const outcomes: Decision<Request>['outcomes'][number][] = [];
  for (const waiting of queue) {
    if (!opts.hasRoom(waiting)) break;
    const outcome = decideRequest(waiting, draft, opts);
    outcomes.push({ waiting, outcome });
    if (outcome === 'unfinished') break;
  }
  return { diff: draft.tx.diff(), commands: draft.commands, outcomes };
}

/** Lets one request in, and more as long as the batch stays small and the turn short. */
export function batchBounds(clock: Clock, limits: HubLimits): Pick<DecisionOptions, 'hasRoom' | 'hasTime'> {
  const started = clock.precise();
  let [commands, bytes] = [0, 0];
  const hasTime = () => clock.precise() - started < limits.runTimePerTurn;
  return {
    hasTime,
    hasRoom(waiting) {
      const isFirst = commands === 0;
      commands += waiting.request.commands.length;
      bytes += waiting.bytes;
      return isFirst || (hasTime() && commands <= limits.batchCommands && bytes <= limits.batchBytes);
    },
  };
}

interface Draft {
  readonly tx: OpenTx;
  readonly clients: Map<string, ClientMemory>;
  readonly owners: Map<string, string>;
  readonly commands: CommandMeta[];
}

/**
 * A request that does not fit into the turn is decided in pieces: the next time it comes, what was committed of it is a
 * repeat and is answered from memory.
 */
function decideRequest(
  waiting: Waiting,
  draft: Draft,
  opts: DecisionOptions,
): readonly CommandResult[] | SendRefused | 'unfinished' {
  const { clientId, commands } = waiting.request;
  const actor = waiting.actor();
  if (actor === null) return new SendRefused('not-a-member', 'You are no member of this room any more.');
  const owner = draft.owners.get(clientId) ?? opts.room.owners.get(clientId);
  if (owner !== undefined && owner !== actor.userId) {
    return new SendRefused('bad-request', 'This client id is in use by somebody else.');
  }
  draft.owners.set(clientId, actor.userId);
  const key = clientKey(actor.userId, clientId);
  const results: CommandResult[] = [];
  for (const command of commands) {
    const memory = draft.clients.get(key) ?? opts.room.clients.get(key);
    const known = recall(memory, command.seq);
    if (known.type === 'gap') {
      return new SendRefused('seq-gap', `Expected command ${known.expected} and got ${command.seq}.`);
    }
    if (known.type === 'too-old')
      return new SendRefused('seq-too-old', `Command ${command.seq} is too old to be repeated.`);
    if (known.type === 'repeat') {
      results.push(known.result);
      continue;
    }
    if (draft.commands.length > 0 && !opts.hasTime()) return 'unfinished';
    const result = run(command, { actor, draft, opts });
    draft.clients.set(key, remember(memory, result, { ver: opts.room.ver + 1, at: opts.now }));
    draft.commands.push({ clientId, userId: actor.userId, name: command.name, result });
    results.push(result);
  }
  return results;
}

function run(
  { seq, name, input }: SentCommand,
  { actor, draft, opts }: { readonly actor: Actor; readonly draft: Draft; readonly opts: DecisionOptions },
): CommandResult {
  const outcome: CommandOutcome = runCommand(opts.kind, draft.tx, { name, input }, { actor, now: opts.now });
  if (outcome.ok) return { seq, ok: true };
  if (outcome.cause !== undefined) opts.onFailure(name, outcome.cause);
  return { seq, ok: false, code: outcome.code, message: outcome.message.slice(0, longestMessage) };
}
