import type { Mail } from '../mailer.ts';
import { writeMail } from './write-mail.ts';

export interface KnownAddressLetter {
  readonly to: string;
  readonly name: string | null;
  /** Origin of the app. */
  readonly publicUrl: string;
}

/** To the owner of an address that was registered, or named as a new address, once more. */
export function knownAddressLetter({ to, name, publicUrl }: KnownAddressLetter): Mail {
  return writeMail({
    ...{ to, name },
    subject: 'You already have an account',
    paragraphs: [
      'Somebody just wanted to use this address for another account on Atrium. It belongs to yours, and stays with it.',
      'If it was you, sign in instead. If you do not remember the password, ask for a link on the same page.',
    ],
    action: { label: 'Sign in', url: `${publicUrl}/sign-in` },
    afterwards: ['If it was not you, there is nothing to do: nobody got into your account.'],
  });
}
