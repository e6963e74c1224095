import type { Factor } from '@atrium/db';
import type { Device } from '../session/device.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { type SecondFactor, SecondFactorRequired } from './second-factor.ts';

export interface ShownFactors {
  readonly userId: string;
  readonly device: Device;
  readonly first: Factor;
  /** Of `secondFactorOf`. */
  readonly more: readonly Factor[];
  readonly isRemembered?: boolean | undefined;
}

/**
 * Starts a session for whoever has shown all this. A second factor that was turned on since ended the sessions that it
 * found, and this one came after: it ends as well, and `SecondFactorRequired` is thrown.
 */
export async function startShown(
  { sessions, secondFactor }: { readonly sessions: Sessions; readonly secondFactor: SecondFactor },
  { userId, device, first, more, isRemembered }: ShownFactors,
): Promise<StartedSession> {
  const started = await sessions.start(userId, device, { factors: [first, ...more], isRemembered });
  if (more.length > 0 || !(await secondFactor.isNeeded(userId))) return started;
  await sessions.end(started.identity, started.identity.session.publicId, 'signed-out-elsewhere');
  throw new SecondFactorRequired();
}
