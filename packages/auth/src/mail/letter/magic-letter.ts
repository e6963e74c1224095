import type { Mail } from '../mailer.ts';
import type { LinkLetter } from './link-letter.ts';
import { writeMail } from './write-mail.ts';

/** To whoever wants to sign in without a password. */
export function magicLetter({ to, name, url }: LinkLetter): Mail {
  return writeMail({
    ...{ to, name },
    subject: 'Your link to sign in',
    paragraphs: ['Here is the link that you asked for:'],
    action: { label: 'Sign in to Atrium', url },
    afterwards: [
      'The link works once, for ten minutes, and opens your account: give it to nobody.',
      'If you did not ask for it, do nothing.',
    ],
  });
}
