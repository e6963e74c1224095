import type { AuditAction } from '../../audit/audit-action.ts';
import type { Mail } from '../mailer.ts';
import { writeMail } from './write-mail.ts';

/** What the owner of an account is told by mail, and what happened in their words. */
const news = {
  'password-changed': ['Your password was changed', 'The password of your account was changed.'],
  'password-reset': ['Your password was changed', 'A new password was set by a link from a mail.'],
  'email-change-requested': ['Your address is to change', 'Somebody asked to move your account to another address.'],
  'email-changed': ['Your address was changed', 'Your account has another address now, and this one opens it no more.'],
  'totp-added': ['A second factor was added', 'Signing in with your password asks for a code from an app now.'],
  'totp-removed': ['A second factor was removed', 'Signing in does not ask for a code from an app any more.'],
  'recovery-codes-made': [
    'New recovery codes were made',
    'Your account has new recovery codes; the old ones are void.',
  ],
  'recovery-code-used': ['A recovery code was used', 'Somebody signed in with one of your recovery codes.'],
  'passkey-added': ['A passkey was added', 'Your account can be opened with one more passkey.'],
  'passkey-removed': ['A passkey was removed', 'One of the passkeys of your account was removed.'],
  'identity-linked': ['A way to sign in was added', 'An account elsewhere can be used to sign in as you now.'],
  'identity-unlinked': [
    'A way to sign in was removed',
    'An account elsewhere cannot be used to sign in as you any more.',
  ],
  'api-token-created': ['An API token was made', 'A program can act in your name with a new API token.'],
  'api-token-reused': [
    'An API token was used twice',
    'A copy of one of your API tokens was used. The token is void now.',
  ],
  'session-theft': [
    'A copy of your session was used',
    'Somebody used an old key of one of your sessions. That session has ended on all sides.',
  ],
  'deletion-requested': [
    'Your account will be deleted',
    'Somebody asked to delete your account. Sign in within seven days to keep it.',
  ],
} as const satisfies Partial<Record<AuditAction, readonly [subject: string, sentence: string]>>;

export type NoticeKind = keyof typeof news;

export const noticeKinds = Object.keys(news) as readonly NoticeKind[];

export interface NoticeLetter {
  readonly to: string;
  readonly name: string;
  readonly kind: NoticeKind;
  /** "Firefox on Linux" */
  readonly label: string;
  /** Address prefix. */
  readonly place: string;
  readonly at: Date;
  /** Origin of the app. */
  readonly publicUrl: string;
}

/** About something that only the owner of the account should have done. */
export function noticeLetter({ to, name, kind, label, place, at, publicUrl }: NoticeLetter): Mail {
  const [subject, sentence] = news[kind];
  return writeMail({
    ...{ to, name, subject },
    paragraphs: [
      sentence,
      `When: ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC. With: ${label}. From: ${place}.`,
    ],
    action: adviceFor(kind, publicUrl).action,
    afterwards: [adviceFor(kind, publicUrl).words],
  });
}

/** What to do when it was somebody else. Whoever lost the address cannot be helped by a link to it. */
function adviceFor(kind: NoticeKind, publicUrl: string) {
  const isLost = kind === 'email-changed';
  return {
    action: { label: 'Look at my account', url: `${publicUrl}/settings/activity` },
    words: isLost
      ? 'If it was you, there is nothing to do. If it was not, sign in with your password, change the address back and choose a new password; if that does not work any more, write to whoever runs this server.'
      : 'If it was you, there is nothing to do. If it was not, choose a new password at once: it signs out everybody else.',
  };
}
