import { endSentences } from '@atrium/client';

export interface Words {
  readonly title: string;
  readonly sentence: string;
  /** What to do now, where signing in again is not all of it. */
  readonly advice?: string;
}

/** `signed-out` is left out: it also stands for a session that the server does not know, whatever became of it. */
const titles: { readonly [reason: string]: Omit<Words, 'sentence'> } = {
  'signed-out-elsewhere': { title: 'You were signed out' },
  'password-changed': {
    title: 'The password was changed',
    advice:
      'If that was you, sign in with the new one. If not, take your account back: ask for a new password by mail, then look at the recent activity.',
  },
  expired: { title: 'Your session has expired' },
  disabled: { title: 'This account is disabled' },
  theft: {
    title: 'We ended this session',
    advice:
      'Sign in again and look at the recent activity. If something in it was not you, choose a new password: that signs out every other device.',
  },
};

/** What this page itself leads here with. */
const deletion: Words = {
  title: 'Your account will be deleted',
  sentence: 'You are signed out everywhere. In seven days everything about you is gone for good.',
  advice: 'Changed your mind? Sign in before then: that undoes it, and everything is as it was.',
};

/** Why a session ended, for people. `reason` comes out of the address bar, so it may be anything. */
export function signedOutWords(reason: string | undefined): Words {
  if (reason === 'deletion') return deletion;
  const words = reason !== undefined && Object.hasOwn(titles, reason) ? titles[reason] : undefined;
  const sentence = Object.entries(endSentences).find(([known]) => known === reason)?.[1];
  if (words === undefined || sentence === undefined) {
    return { title: 'You are signed out', sentence: 'This session has ended. Sign in again to go on.' };
  }
  return { ...words, sentence };
}
