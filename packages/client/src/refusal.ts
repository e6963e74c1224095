import type { Reason } from '@atrium/api';

/** Why the server said no: a stable code, and the sentence a person reads. */
export interface Refusal {
  readonly reason: Reason;
  readonly message: string;
  /** When the server wants to be asked again, milliseconds from now; it spreads those who all come at once. */
  readonly retryAfter?: number;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** The server's table may be newer than this build: a code that is unknown here is passed on, its sentence reads well. */
function isReason(value: unknown): value is Reason {
  return typeof value === 'string';
}

/**
 * What the server answered, or null when it did not answer (no network, a lost socket, a bug on this side).
 * Reads `data.reason` of a tRPC error; also understands a `RefusedError`.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof RefusedError) return error.refusal;
  if (!isObject(error) || !isObject(error['data'])) return null;
  const { reason } = error['data'];
  if (!isReason(reason) || typeof error['message'] !== 'string') return null;
  const { retryAfter } = error['data'];
  return { reason, message: error['message'], ...(typeof retryAfter === 'number' && { retryAfter }) };
}

/** True when the same question may be answered in a moment: there was no answer, or the server cannot do it right now. */
export function isPassing(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal === null || refusal.reason === 'UNAVAILABLE' || refusal.reason === 'TOO_MANY';
}

/** Commands that the server refused as a whole: none of them was decided. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}
