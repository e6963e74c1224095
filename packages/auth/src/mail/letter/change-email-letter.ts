import type { Mail } from '../mailer.ts';
import type { LinkLetter } from './link-letter.ts';
import { writeMail } from './write-mail.ts';

/** To the new address of an account. */
export function changeEmailLetter({ to, name, url }: LinkLetter): Mail {
  return writeMail({
    ...{ to, name },
    subject: 'Confirm your new address',
    paragraphs: ['An account on Atrium is to have this address from now on. If it is yours, confirm the change:'],
    action: { label: 'Use this address', url },
    afterwards: [
      'The link works once, for ten minutes, in the browser in which you are signed in.',
      'If it was not you, do nothing: your address stays yours.',
    ],
  });
}
