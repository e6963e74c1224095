import type { Mail } from '../mailer.ts';
import { isPlainName, writeMail } from './write-mail.ts';

export interface InviteLetter {
  readonly to: string;
  /** Who invites, and to which room: chosen by people, so each is named only if it reads like a name. */
  readonly invitedBy: string;
  readonly room: string;
  /** "draw" */
  readonly mayDo: string;
  readonly url: string;
}

/** To somebody who may have never heard of Atrium. */
export function inviteLetter({ to, invitedBy, room, mayDo, url }: InviteLetter): Mail {
  const somebody = isPlainName(invitedBy) ? invitedBy : 'Somebody';
  const there = isPlainName(room) ? `the room “${room}”` : 'a room';
  return writeMail({
    ...{ to, name: null, subject: `${somebody} invites you to a room` },
    paragraphs: [`${somebody} invites you to ${there} on Atrium, where you can ${mayDo} together.`],
    action: { label: 'Open the invitation', url },
    afterwards: ['The link lets one person in. If you do not know what this is about, there is nothing to do.'],
  });
}
