import type { Mail } from '../mailer.ts';
import type { LinkLetter } from './link-letter.ts';
import { writeMail } from './write-mail.ts';

/** To the address of a new account. */
export function confirmLetter({ to, name, url }: LinkLetter): Mail {
  return writeMail({
    ...{ to, name },
    subject: 'Confirm your address',
    paragraphs: [
      'Somebody made an account on Atrium with this address. If it was you, confirm that the address is yours:',
    ],
    action: { label: 'Confirm my address', url },
    afterwards: [
      'The link works once, for ten minutes. You can ask for a new one in the app.',
      'If it was not you, do nothing: without the confirmation nobody can do anything in your name.',
    ],
  });
}
