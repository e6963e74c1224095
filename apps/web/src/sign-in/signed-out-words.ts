import { endSentences } from '@atrium/client';

export interface Words {
  readonly title: string;
  readonly sentence: string;
}

/** `signed-out` is left out: it also stands for a session that the server does not know, whatever became of it. */
const titles: { readonly [reason: string]: string } = {
  'signed-out-elsewhere': 'You were signed out',
  'password-changed': 'The password was changed',
  expired: 'Your session has expired',
  disabled: 'This account is disabled',
  theft: 'We ended this session',
};

/** Why a session ended, for people. `reason` comes out of the address bar, so it may be anything. */
export function signedOutWords(reason: string | undefined): Words {
  const title = reason !== undefined && Object.hasOwn(titles, reason) ? titles[reason] : undefined;
  const sentence = Object.entries(endSentences).find(([known]) => known === reason)?.[1];
  if (title === undefined || sentence === undefined) {
    return { title: 'You are signed out', sentence: 'This session has ended. Sign in again to go on.' };
  }
  return { title, sentence };
}
