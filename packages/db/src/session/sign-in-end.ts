import { findApiTokenEnd, livingApiTokens } from '../api-token/api-token.ts';
import type { ScopedTx } from '../scope.ts';
import { findSessionEnd, livingSessions } from './session.ts';

/** When a session or an API token with this public id is over; null when neither is there. Either scope. */
export async function findSignInEnd(tx: ScopedTx, publicId: string): Promise<Date | null> {
  return (await findSessionEnd(tx, publicId)) ?? (await findApiTokenEnd(tx, publicId));
}

/** Every session and API token of somebody who is not disabled, by public id, with its end. System scope. */
export async function livingSignIns(tx: ScopedTx): Promise<ReadonlyMap<string, Date>> {
  return new Map([...(await livingSessions(tx)), ...(await livingApiTokens(tx))]);
}
