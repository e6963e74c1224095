import { deleteOtherSessions, findPasswordHash, type OwnedMailLink, type ScopedTx } from '@atrium/db';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { type SecondFactor, secondFactorOf } from '../factor/second-factor.ts';
import { startShown } from '../factor/start-shown.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { LinkRefused } from './link-refused.ts';
import type { MailLinks } from './mail-links.ts';
import { ownClaim } from './own-claim.ts';

export interface MailSignInRequest {
  readonly token: string;
  /** Of the second factor, where the account has one. */
  readonly code: string | undefined;
  readonly isRemembered: boolean | undefined;
  /** Who is signed in in this browser already. */
  readonly caller: Identity | null;
}

/** `started`: a new session. `proved`: this very person was signed in, and has proved again who they are. */
export type MailSignedIn =
  | { readonly type: 'started'; readonly started: StartedSession; readonly ended: readonly string[] }
  | { readonly type: 'proved'; readonly identity: Identity };

/** Signing in with a mail instead of a password. */
export interface MailSignIn {
  /** Throws `LinkRefused`, `SecondFactorRequired`, `BadCode`, `TooManyAttempts`; the link stays good then. */
  signIn(request: MailSignInRequest, device: Device): Promise<MailSignedIn>;
}

export interface MailSignInOptions {
  readonly audit: AuditTrail;
  readonly links: MailLinks;
  readonly sessions: Sessions;
  readonly secondFactor: SecondFactor;
}

export function createMailSignIn({ audit, links, sessions, secondFactor }: MailSignInOptions): MailSignIn {
  return {
    async signIn({ token, code, isRemembered, caller }, device) {
      const { user, link } = await links.find(token);
      if (link.purpose !== 'magic') throw new LinkRefused('invalid');
      const more = await secondFactorOf(secondFactor, { userId: user.id, code, device });
      const { isConfirmed, ended } = await links.consume(token, 'magic', openAccount);
      if (isConfirmed) await audit.record({ action: 'email-confirmed', userId: user.id, device });
      if (caller?.user.id === user.id && !isConfirmed && (await sessions.prove(caller, 'mail'))) {
        await audit.record({ action: 'sudo-opened', userId: user.id, device, detail: { factor: 'mail' } });
        return { type: 'proved', identity: provedNow(caller) };
      }
      const all = { userId: user.id, device, first: 'mail', more, isRemembered } as const;
      const started = await startShown({ sessions, secondFactor }, all);
      await audit.record({ action: 'signed-in', userId: user.id, device, detail: { factor: 'mail' } });
      return { type: 'started', started, ended };
    },
  };
}

/** A password of an account that nobody has confirmed may be a stranger's: the account is not opened as it is. */
async function openAccount(tx: ScopedTx, owned: OwnedMailLink) {
  const { id, confirmedAt } = owned.user;
  if (!confirmedAt && (await findPasswordHash(tx, id)) !== null) throw new LinkRefused('reset-first');
  const isConfirmed = await ownClaim(tx, owned);
  const all = { userId: id, keepPublicId: null, reason: 'signed-out-elsewhere' } as const;
  return { isConfirmed, ended: isConfirmed ? await deleteOtherSessions(tx, all) : [] };
}

function provedNow(identity: Identity): Identity {
  return { ...identity, session: { ...identity.session, authenticatedAt: new Date() } };
}
