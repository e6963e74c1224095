import type { Mail, Mailer } from './mailer.ts';

export interface KeptMail extends Mail {
  /** Counts from 1. */
  readonly id: number;
  readonly at: Date;
  /** Web addresses in its text, in their order. */
  readonly links: readonly string[];
}

/** Where mail goes that goes nowhere: kept in memory, for a developer or a test to read. */
export interface Mailbox extends Mailer {
  /** Newest first. */
  readonly mails: readonly KeptMail[];
}

/** How many are kept. */
const most = 200;

export function createMailbox(): Mailbox {
  const mails: KeptMail[] = [];
  let count = 0;
  return {
    mails,
    send(mail) {
      count += 1;
      mails.unshift({ ...mail, id: count, at: new Date(), links: mail.text.match(/https?:\/\/\S+/gu) ?? [] });
      mails.splice(most);
      return Promise.resolve();
    },
    close: () => {},
  };
}
