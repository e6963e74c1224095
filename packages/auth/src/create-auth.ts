import type { Database } from '@atrium/db';
import { type AccessRequestMails, createAccessRequestMails } from './access-request/access-request-mails.ts';
import { type Accounts, createAccounts } from './account/accounts.ts';
import { createDeletions, type Deletions } from './account/deletions.ts';
import { createPasswordProof, type PasswordProof } from './account/password-proof.ts';
import { type Addresses, createAddresses } from './address/addresses.ts';
import { type ApiTokens, createApiTokens } from './api-token/api-tokens.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createFactors, type Factors } from './factor/create-factors.ts';
import type { SecondFactor } from './factor/second-factor.ts';
import { createInviteMails, type InviteMails } from './invite/invite-mails.ts';
import { createDeviceCookies, type DeviceCookies } from './limit/device-cookie.ts';
import { LimitBook } from './limit/limit-book.ts';
import { createMailLimits } from './limit/mail-limits.ts';
import { createSignInLimits } from './limit/sign-in-limits.ts';
import { createMailQueue, type MailQueue } from './mail/mail-queue.ts';
import type { Mailer } from './mail/mailer.ts';
import { createLinkRequests, type LinkRequests } from './mail-link/link-requests.ts';
import { createMailLinks, type MailLinks } from './mail-link/mail-links.ts';
import { createMailSignIn, type MailSignIn } from './mail-link/mail-sign-in.ts';
import { createNotices, type Notices } from './notice/notices.ts';
import { createTellingTrail } from './notice/telling-trail.ts';
import { createPasswords, type Passwords } from './password/passwords.ts';
import type { Provider } from './provider/provider.ts';
import { createProviders, type Providers } from './provider/providers.ts';
import type { SecretBox } from './seal/secret-box.ts';
import type { Lifetimes } from './session/lifetimes.ts';
import { createSessions, type Sessions } from './session/sessions.ts';
import { createTheftReport } from './session/theft-report.ts';

/** Everything about who somebody is. */
export interface Auth extends Factors {
  readonly limitBook: LimitBook;
  readonly lifetimes: Lifetimes;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly deletions: Deletions;
  readonly deviceCookies: DeviceCookies;
  readonly audit: AuditTrail;
  readonly passwordProof: PasswordProof;
  readonly apiTokens: ApiTokens;
  readonly providers: Providers;
  readonly addresses: Addresses;
  readonly passwords: Passwords;
  readonly linkRequests: LinkRequests;
  readonly mailLinks: MailLinks;
  readonly mailSignIn: MailSignIn;
  readonly notices: Notices;
  readonly inviteMails: InviteMails;
  readonly accessRequestMails: AccessRequestMails;
  /** Drain it before the database is closed. */
  readonly mailQueue: MailQueue;
}

export interface AuthOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  readonly box: SecretBox;
  /** Origin of the app, without a trailing slash: links in mails begin with it, passkeys and tokens are bound to it. */
  readonly publicUrl: string;
  readonly mailer: Mailer;
  /** A mail did not go out; `isLast` when it is given up. */
  readonly onMailFailure: (error: unknown, isLast: boolean) => void;
  /** Who else may say who somebody is. Default: nobody. */
  readonly providers?: readonly Provider[];
  /** For tests: instead of the codes that accounts have turned on. */
  readonly secondFactor?: SecondFactor;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** Made once per process, over its database. */
export function createAuth(options: AuthOptions): Auth {
  const { db, lifetimes, box, publicUrl, providers = [], now = Date.now } = options;
  const limitBook = new LimitBook();
  const limits = createSignInLimits(limitBook);
  const deviceCookies = createDeviceCookies(box);
  const mailQueue = createMailQueue({ mailer: options.mailer, onFailure: options.onMailFailure });
  const mailLinks = createMailLinks({ db, publicUrl });
  const notices = createNotices({ db, queue: mailQueue, publicUrl });
  const audit = createTellingTrail(createAuditTrail(db), notices);
  const sessions = createSessions({ db, lifetimes, onTheft: createTheftReport(audit) });
  const factors = createFactors({
    ...{ db, box, sessions, audit, publicUrl, now },
    book: limitBook,
    providers: providers.map(({ id }) => id),
  });
  const { secondFactor = factors.secondFactor } = options;
  const passwordProof = createPasswordProof({ db, limits, book: limitBook, deviceCookies });
  const mailLimits = createMailLimits(limitBook);
  const requestMailLimits = createMailLimits(limitBook, {
    name: 'request-mail',
    words: 'Mails about requests to come in',
  });
  const mailed = { db, audit, limits: mailLimits, links: mailLinks, queue: mailQueue };
  return {
    ...{
      lifetimes,
      limitBook,
      sessions,
      audit,
      deviceCookies,
      passwordProof,
      mailLinks,
      mailQueue,
      notices,
      ...factors,
    },
    accounts: createAccounts({ db, sessions, limits, audit, deviceCookies, secondFactor }),
    deletions: createDeletions({ db, audit }),
    apiTokens: createApiTokens({ db, box, audit, issuer: publicUrl }),
    providers: createProviders({ db, box, sessions, limits, book: limitBook, audit, providers }),
    addresses: createAddresses({ ...mailed, notices, publicUrl }),
    passwords: createPasswords({ db, audit, links: mailLinks, proof: passwordProof, sessions, secondFactor }),
    linkRequests: createLinkRequests(mailed),
    inviteMails: createInviteMails(mailed),
    accessRequestMails: createAccessRequestMails({ limits: requestMailLimits, queue: mailQueue, publicUrl }),
    mailSignIn: createMailSignIn({ audit, links: mailLinks, sessions, secondFactor }),
  };
}
