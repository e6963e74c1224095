import type { Database } from '@atrium/db';
import { type Accounts, createAccounts } from './account/accounts.ts';
import { type Addresses, createAddresses } from './address/addresses.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { noSecondFactor } from './factor/no-second-factor.ts';
import type { SecondFactor } from './factor/second-factor.ts';
import { createMailLimits } from './limit/mail-limits.ts';
import { createSignInLimits } from './limit/sign-in-limits.ts';
import { createMailQueue, type MailQueue } from './mail/mail-queue.ts';
import type { Mailer } from './mail/mailer.ts';
import { createLinkRequests, type LinkRequests } from './mail-link/link-requests.ts';
import { createMailLinks, type MailLinks } from './mail-link/mail-links.ts';
import { createMailSignIn, type MailSignIn } from './mail-link/mail-sign-in.ts';
import { createNotices, type Notices } from './notice/notices.ts';
import { createPasswords, type Passwords } from './password/passwords.ts';
import type { SecretBox } from './seal/secret-box.ts';
import type { Lifetimes } from './session/lifetimes.ts';
import { createSessions, type Sessions } from './session/sessions.ts';

/** Everything about who somebody is. */
export interface Auth {
  readonly lifetimes: Lifetimes;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly audit: AuditTrail;
  readonly addresses: Addresses;
  readonly passwords: Passwords;
  readonly linkRequests: LinkRequests;
  readonly mailLinks: MailLinks;
  readonly mailSignIn: MailSignIn;
  readonly notices: Notices;
  /** Drain it before the database is closed. */
  readonly mailQueue: MailQueue;
}

export interface AuthOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  readonly box: SecretBox;
  readonly mailer: Mailer;
  /** A mail did not go out; `isLast` when it is given up. */
  readonly onMailFailure: (error: unknown, isLast: boolean) => void;
  /** Origin of the app, which links in mails begin with. */
  readonly publicUrl: string;
  /** Default: no account has one. */
  readonly secondFactor?: SecondFactor;
}

/** Made once per process, over its database. */
export function createAuth(options: AuthOptions): Auth {
  const { db, lifetimes, mailer, onMailFailure, publicUrl, secondFactor = noSecondFactor } = options;
  const audit = createAuditTrail(db);
  const sessions = createSessions({ db, lifetimes });
  const accounts = createAccounts({ db, sessions, limits: createSignInLimits() });
  const mailQueue = createMailQueue({ mailer, onFailure: onMailFailure });
  const mailLinks = createMailLinks({ db, publicUrl });
  const notices = createNotices({ db, queue: mailQueue, publicUrl });
  const limits = createMailLimits();
  const shared = { db, audit, limits, links: mailLinks, queue: mailQueue };
  return {
    ...{ lifetimes, sessions, accounts, audit, mailLinks, mailQueue, notices },
    addresses: createAddresses({ ...shared, notices, publicUrl }),
    passwords: createPasswords({ ...shared, notices, sessions, secondFactor }),
    linkRequests: createLinkRequests(shared),
    mailSignIn: createMailSignIn({ audit, links: mailLinks, sessions, secondFactor }),
  };
}
