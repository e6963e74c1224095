import type { Diff } from './diff.ts';
import { Rejection, type RejectionCode } from './rejection.ts';
import { isAtLeast } from './role.ts';
import type { CommandContext, RoomKind } from './room-kind.ts';
import type { SizedState } from './room-state.ts';
import { isStorableText } from './storable.ts';
import type { OpenTx } from './tx.ts';

export interface Command {
  readonly name: string;
  readonly input: unknown;
}

export type CommandOutcome =
  | {
      readonly ok: true;
      readonly diff: Diff;
      /** Undoes this command alone, as long as nothing else changed what it touched. */
      readonly inverse: Diff;
    }
  | {
      readonly ok: false;
      readonly code: RejectionCode;
      readonly message: string;
      /** Set when the kind failed in a way it did not mean to: a bug to be reported. */
      readonly cause?: unknown;
    };

/** Characters of a rejection's message: it is remembered with the room, for a repeat to get the same one. */
const longestMessage = 200;

/**
 * Decides one command on top of `tx`: schema, role, `run`, limits. An accepted command has changed `tx`, a rejected
 * one has changed nothing. Never throws. The browser runs the same to paint before the server has answered.
 */
// oxlint-disable-next-line eslint/max-params -- the four things that a decision depends on, and nothing else
export function runCommand(kind: RoomKind, tx: OpenTx, command: Command, ctx: CommandContext): CommandOutcome {
  const definition = Object.hasOwn(kind.commands, command.name) ? kind.commands[command.name] : undefined;
  if (definition === undefined) return rejected('invalid', 'This room does not know such a command.');
  try {
    const parsed = definition.input.safeParse(command.input);
    if (!parsed.success) return rejected('invalid', sentenceOf(parsed.error.issues[0]));
    if (!isAtLeast(ctx.actor.role, definition.role)) return rejected('forbidden', 'Your role does not allow this.');
    const own = tx.begin();
    definition.run(own, parsed.data, ctx);
    const diff = own.diff();
    demandDeclared(kind, Object.keys(diff));
    demandLimits(kind, tx, own);
    const inverse = own.inverse();
    own.commit();
    return { ok: true, diff, inverse };
  } catch (error) {
    if (error instanceof Rejection) return rejected(error.code, error.message);
    return { ...rejected('invalid', 'This could not be done.'), cause: error };
  }
}

function demandDeclared(kind: RoomKind, touched: readonly string[]): void {
  const stray = touched.find((collection) => !kind.collections.includes(collection));
  if (stray !== undefined) throw new Error(`The kind "${kind.name}" writes to "${stray}", which it does not declare.`);
}

/** A room that is over a limit already (a limit was lowered) still takes what makes it smaller. */
function demandLimits(kind: RoomKind, before: SizedState, after: SizedState): void {
  for (const [collection, limit] of Object.entries(kind.limits.records)) {
    const size = after.size(collection);
    if (size > limit && size > before.size(collection)) {
      throw new Rejection('limit', `This room is full: it holds at most ${limit}.`);
    }
  }
  if (after.bytes > kind.limits.bytes && after.bytes > before.bytes) {
    throw new Rejection('limit', 'This room is full. Remove something first.');
  }
}

function rejected(code: RejectionCode, message: string): Extract<CommandOutcome, { ok: false }> {
  return { ok: false, code, message: isStorableText(message) ? shortened(message) : 'This could not be done.' };
}

/** Never ends in half of a pair, which no log could store. */
function shortened(message: string): string {
  return message.slice(0, longestMessage).replace(/\p{Surrogate}$/u, '');
}

function sentenceOf(issue: { readonly message: string; readonly path: readonly PropertyKey[] } | undefined): string {
  if (issue === undefined) return 'Something in this command is not as expected.';
  const place = issue.path.length === 0 ? '' : ` (${issue.path.map(String).join('.').slice(0, 80)})`;
  return `Something in this command is not as expected${place}: ${issue.message}`;
}
