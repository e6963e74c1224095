import { normalEmail } from '../account/normal-email.ts';
import type { MailLimits } from '../limit/mail-limits.ts';
import { type InviteLetter, inviteLetter } from '../mail/letter/invite-letter.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import type { Device } from '../session/device.ts';

/** Invitations that go by mail. */
export interface InviteMails {
  /** Counts one before anything is made for it; answers the address in lower case. Throws `TooManyAttempts`. */
  count(email: string, device: Device): Promise<string>;
  /** Sends it in the background. */
  send(invite: InviteLetter): void;
}

export function createInviteMails({ limits, queue }: { limits: MailLimits; queue: MailQueue }): InviteMails {
  return {
    async count(email, device) {
      const to = normalEmail(email);
      await limits.mail(to, device.address);
      return to;
    },
    send: (invite) => queue.push(() => Promise.resolve(inviteLetter(invite))),
  };
}
