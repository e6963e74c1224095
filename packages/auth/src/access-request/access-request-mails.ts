import type { OwnerToMail } from '@atrium/db';
import type { MailLimits } from '../limit/mail-limits.ts';
import { TooManyAttempts } from '../limit/consume.ts';
import { accessRequestLetter } from '../mail/letter/access-request-letter.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import type { Device } from '../session/device.ts';

export interface AskedRoom {
  readonly roomId: string;
  /** The name of whoever would like to come in. */
  readonly askedBy: string;
  readonly owners: readonly OwnerToMail[];
}

/** Tells the owners of a room by mail that somebody would like to come in. */
export interface AccessRequestMails {
  /** Sends in the background. An owner who has got too many is left out; they still see it in the room. */
  send(request: AskedRoom, device: Device): Promise<void>;
}

export interface AccessRequestMailOptions {
  /**
   * Counts these mails alone: from what is left of other mails whoever asks could tell that there is such a room, and
   * whose it is.
   */
  readonly limits: MailLimits;
  readonly queue: MailQueue;
  readonly publicUrl: string;
}

export function createAccessRequestMails({ limits, queue, publicUrl }: AccessRequestMailOptions): AccessRequestMails {
  const mayMail = async (email: string, { address }: Device): Promise<boolean> => {
    try {
      await limits.mail(email, address);
      return true;
    } catch (error) {
      if (error instanceof TooManyAttempts) return false;
      throw error;
    }
  };

  return {
    async send({ roomId, askedBy, owners }, device) {
      const url = `${publicUrl}/rooms/${roomId}/members`;
      for (const { email: to, ...owner } of owners) {
        if (!(await mayMail(to, device))) continue;
        queue.push(() => Promise.resolve(accessRequestLetter({ to, ...owner, askedBy, url })));
      }
    },
  };
}
