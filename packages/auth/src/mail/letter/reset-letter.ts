import type { Mail } from '../mailer.ts';
import type { LinkLetter } from './link-letter.ts';
import { writeMail } from './write-mail.ts';

/** To whoever has forgotten their password. */
export function resetLetter({ to, name, url }: LinkLetter): Mail {
  return writeMail({
    ...{ to, name },
    subject: 'Choose a new password',
    paragraphs: ['Somebody asked for a new password for your account on Atrium. If it was you, choose one here:'],
    action: { label: 'Choose a new password', url },
    afterwards: [
      'The link works once, for ten minutes. With the new password, all your devices are signed out.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
  });
}
