import type { Clock } from '../clock/clock.ts';
import type { Actor, RoomKind } from '../kind/room-kind.ts';
import type { Diff } from '../kind/diff.ts';
import { type CommandOutcome, runCommand } from '../kind/run-command.ts';
import { createTx, type OpenTx } from '../kind/tx.ts';
import type { BatchActor, ClientMemory, CommandMeta, CommandResult } from '../log/room-log.ts';
import { clientKey, recall, remember } from './client-memory.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import { SendRefused } from './errors.ts';
import type { HubLimits } from './limits.ts';
import type { SendRequest, SentCommand } from './room-hub.ts';

/** A request as the decision sees it. */
export interface Waiting {
  readonly request: SendRequest;
  /** Bytes of JSON of its inputs. */
  readonly bytes: number;
  readonly actor: () => Actor | null;
  /** The answers to its first commands, which an earlier turn had no time to go beyond; worth nothing in another epoch. */
  readonly done?: { readonly epoch: number; readonly results: readonly CommandResult[] };
}

export interface Decision<Request extends Waiting> {
  /** What the batch will hold; no commands when everything was a repeat or refused. */
  readonly diff: Diff;
  readonly commands: readonly CommandMeta[];
  /** Whose commands were accepted, and as what. */
  readonly actors: readonly BatchActor[];
  /** In the order of the requests that were taken. The last one may have fewer results than commands: time was up. */
  readonly outcomes: readonly {
    readonly waiting: Request;
    readonly outcome: readonly CommandResult[] | SendRefused;
  }[];
}

/** What one batch takes: one request and one command in any case, and more as long as it stays small and the turn short. */
export interface BatchBounds {
  /** Asked before each request. */
  admits(waiting: Waiting): boolean;
  /** Asked before each command. */
  hasTime(): boolean;
}

export interface DecisionOptions {
  readonly kind: RoomKind;
  readonly room: ConfirmedRoom;
  /** Sign-ins that are over, though nobody else has heard of it. */
  readonly ended: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly bounds: BatchBounds;
  readonly onFailure: (command: string, cause: unknown) => void;
}

/** Runs what waits on top of the confirmed room, which it leaves as it is. Takes from the front of `queue`. */
export function decideBatch<Request extends Waiting>(
  queue: readonly Request[],
  opts: DecisionOptions,
): Decision<Request> {
  const draft: Draft = {
    tx: createTx(opts.room.state),
    clients: new Map(),
    owners: new Map(),
    commands: [],
    actors: new Map(),
  };
  const outcomes: Decision<Request>['outcomes'][number][] = [];
  for (const waiting of queue) {
    if (!opts.bounds.admits(waiting)) break;
    const outcome = decideRequest(waiting, draft, opts);
    outcomes.push({ waiting, outcome });
    if (!(outcome instanceof SendRefused) && outcome.length < waiting.request.commands.length) break;
  }
  return { diff: draft.tx.diff(), commands: draft.commands, actors: [...draft.actors.values()], outcomes };
}

export function batchBounds(clock: Clock, limits: HubLimits): BatchBounds {
  const started = clock.precise();
  let [commands, bytes] = [0, 0];
  let isFirstCommand = true;
  return {
    admits({ request, bytes: more, done }) {
      const isFirst = commands === 0;
      commands += request.commands.length - (done?.results.length ?? 0);
      bytes += more;
      return isFirst || (commands <= limits.batchCommands && bytes <= limits.batchBytes);
    },
    hasTime() {
      if (!isFirstCommand) return clock.precise() - started < limits.runTimePerTurn;
      isFirstCommand = false;
      return true;
    },
  };
}

interface Draft {
  readonly tx: OpenTx;
  readonly clients: Map<string, ClientMemory>;
  readonly owners: Map<string, string>;
  readonly commands: CommandMeta[];
  readonly actors: Map<string, BatchActor>;
}

function decideRequest(waiting: Waiting, draft: Draft, opts: DecisionOptions): readonly CommandResult[] | SendRefused {
  const { clientId, commands } = waiting.request;
  const actor = waiting.actor();
  if (actor === null) return new SendRefused('not-a-member', 'You are no member of this room any more.');
  if (actor.signIn !== undefined && opts.ended.has(actor.signIn)) {
    return new SendRefused('signed-out', 'This session has ended.');
  }
  const owner = draft.owners.get(clientId) ?? opts.room.owners.get(clientId);
  if (owner !== undefined && owner !== actor.userId) {
    return new SendRefused('bad-request', 'This client id is in use by somebody else.');
  }
  draft.owners.set(clientId, actor.userId);
  const key = clientKey(actor.userId, clientId);
  const results = waiting.done?.epoch === opts.room.epoch ? [...waiting.done.results] : [];
  for (const command of commands.slice(results.length)) {
    if (!opts.bounds.hasTime()) return results;
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
    const result = run(command, { actor, draft, opts });
    draft.clients.set(key, remember(memory, result, { ver: opts.room.ver + 1, at: opts.now }));
    if (result.ok) noteActor(draft, actor);
    draft.commands.push({ clientId, userId: actor.userId, name: command.name, result });
    results.push(result);
  }
  return results;
}

/** Of each sign-in once. */
function noteActor({ actors }: Draft, { userId, role, signIn }: Actor): void {
  const key = `${userId} ${signIn ?? ''}`;
  if (!actors.has(key)) actors.set(key, { userId, role, ...(signIn !== undefined && { signIn }) });
}

function run(
  { seq, name, input }: SentCommand,
  { actor, draft, opts }: { readonly actor: Actor; readonly draft: Draft; readonly opts: DecisionOptions },
): CommandResult {
  const outcome: CommandOutcome = runCommand(opts.kind, draft.tx, { name, input }, { actor, now: opts.now });
  if (outcome.ok) return { seq, ok: true };
  if (outcome.cause !== undefined) opts.onFailure(name, outcome.cause);
  return { seq, ok: false, code: outcome.code, message: outcome.message };
}
