import type { Mail } from '../mailer.ts';
import { isPlainName, writeMail } from './write-mail.ts';

export interface AccessRequestLetter {
  readonly to: string;
  readonly name: string;
  /** Who asks, and for which room: chosen by people, so each is named only if it reads like a name. */
  readonly askedBy: string;
  readonly room: string;
  /** Of the page that lets them in. */
  readonly url: string;
}

/** To an owner of a room that somebody would like to come into. */
export function accessRequestLetter({ to, name, askedBy, room, url }: AccessRequestLetter): Mail {
  const somebody = isPlainName(askedBy) ? askedBy : 'Somebody';
  const there = isPlainName(room) ? `the room “${room}”` : 'one of your rooms';
  return writeMail({
    ...{ to, name, subject: `${somebody} would like to come in` },
    paragraphs: [`${somebody} asks to be let into ${there} on Atrium. You can let them in, or turn them away:`],
    action: { label: 'See who asks', url },
    afterwards: ['Until an owner lets them in, they see nothing of the room, and are not told that there is one.'],
  });
}
