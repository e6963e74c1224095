import {
  BadCode,
  BadCredentials,
  BadPasskey,
  LastCredential,
  LineFull,
  LinkRefused,
  NoPassword,
  NotAGuest,
  SecondFactorRequired,
  TooManyAttempts,
  TooManyPasskeys,
  TotpIsOff,
  TotpIsOn,
  TotpSetupOver,
  WeakPassword,
} from '@atrium/auth';
import { DatabaseUnavailable, LastOwner, NotAnAdministrator, TooManyApiTokens, TooManyRooms } from '@atrium/db';
import { RoomUnavailable, SendRefused } from '@atrium/rooms';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { type Reason, reasons } from './reason.ts';

/** A refusal with a stable reason and a sentence for people. The only error that leaves this package. */
export class Refusal extends TRPCError {
  readonly reason: Reason;
  /** Milliseconds after which the call may be tried again; undefined where waiting has no known length. */
  readonly retryAfter: number | undefined;

  constructor(reason: Reason, message?: string, opts: { cause?: unknown; retryAfter?: number } = {}) {
    super({ code: reasons[reason][0], message: message ?? reasons[reason][1], cause: opts.cause });
    this.reason = reason;
    this.retryAfter = opts.retryAfter;
  }
}

/** Names whatever went wrong. What has no name of its own is INTERNAL, and its text stays on the server. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const cause = error instanceof TRPCError && error.cause ? error.cause : error;
  if (cause instanceof Refusal) return cause;
  return fromDomain(cause) ?? fromProtocol(error);
}

function fromDomain(error: unknown): Refusal | null {
  if (error instanceof ZodError) return new Refusal('INVALID_INPUT', inputSentence(error), { cause: error });
  if (error instanceof BadCredentials) return new Refusal('BAD_CREDENTIALS');
  if (error instanceof NoPassword) return new Refusal('NO_PASSWORD');
  if (error instanceof WeakPassword) return new Refusal('WEAK_PASSWORD', error.message);
  if (error instanceof LastOwner) return new Refusal('LAST_OWNER');
  if (error instanceof NotAnAdministrator) return new Refusal('NOT_ALLOWED', error.message);
  if (error instanceof NotAGuest) return new Refusal('NOT_A_GUEST');
  if (error instanceof LinkRefused) return linkRefusals[error.why]();
  const byFactor = fromFactors(error);
  if (byFactor) return byFactor;
  if (error instanceof TooManyRooms || error instanceof TooManyApiTokens)
    return new Refusal('LIMIT_REACHED', error.message);
  if (error instanceof TooManyAttempts || error instanceof LineFull) return new Refusal('TOO_MANY', error.message);
  if (error instanceof DatabaseUnavailable || error instanceof RoomUnavailable) {
    return new Refusal('UNAVAILABLE', undefined, { cause: error });
  }
  return error instanceof SendRefused ? new Refusal(sendReasons[error.reason], error.message) : null;
}

function fromFactors(error: unknown): Refusal | null {
  if (error instanceof SecondFactorRequired) return new Refusal('SECOND_FACTOR_REQUIRED');
  if (error instanceof BadCode) return new Refusal('BAD_CODE');
  if (error instanceof BadPasskey) return new Refusal('BAD_PASSKEY');
  if (error instanceof LastCredential) return new Refusal('LAST_CREDENTIAL');
  if (error instanceof TotpIsOn) return new Refusal('FACTOR_ON');
  if (error instanceof TotpIsOff) return new Refusal('NOT_FOUND', 'There is no second factor on this account.');
  if (error instanceof TotpSetupOver) return new Refusal('SETUP_OVER');
  return error instanceof TooManyPasskeys ? new Refusal('LIMIT_REACHED', error.message) : null;
}

const linkRefusals: Readonly<Record<LinkRefused['why'], () => Refusal>> = {
  invalid: () => new Refusal('LINK_INVALID'),
  taken: () => new Refusal('ADDRESS_TAKEN'),
  'reset-first': () => new Refusal('RESET_FIRST'),
  'register-anew': () => new Refusal('REGISTER_ANEW'),
  'other-person': () =>
    new Refusal('NOT_ALLOWED', 'This link belongs to another account. Sign in to that one, then open it again.'),
};

const sendReasons = {
  'bad-request': 'INVALID_INPUT',
  'seq-gap': 'SEQ_GAP',
  'seq-too-old': 'SEQ_TOO_OLD',
  'too-large': 'TOO_LARGE',
  'too-fast': 'TOO_MANY',
  'not-a-member': 'NOT_FOUND',
  'signed-out': 'SESSION_ENDED',
} as const satisfies Record<SendRefused['reason'], Reason>;

/** What tRPC itself refuses: unknown procedures, wrong methods, bodies that are no JSON. */
function fromProtocol(error: unknown): Refusal {
  if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR')
    return new Refusal('INTERNAL', undefined, { cause: error });
  if (error.code === 'NOT_FOUND') return new Refusal('NOT_FOUND');
  if (error.code === 'PAYLOAD_TOO_LARGE') return new Refusal('TOO_LARGE');
  return new Refusal('INVALID_INPUT');
}

function inputSentence(error: ZodError): string {
  const issue = error.issues[0];
  if (!issue) return reasons.INVALID_INPUT[1];
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
