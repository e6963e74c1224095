export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The way out of every mail: a mail server, or the mailbox page. */
export interface Mailer {
  /** Resolves when the mail is out of our hands. Throws `MailFailed`. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** A mail did not go out. Says how, never to whom or what: mails hold addresses and links, and an error ends up in a log. */
export class MailFailed extends Error {
  /** True when trying again will not help: the server does not want this mail. */
  readonly isPermanent: boolean;

  constructor(code: string, isPermanent: boolean) {
    super(`The mail server did not take a mail (${code}).`);
    this.name = 'MailFailed';
    this.isPermanent = isPermanent;
  }
}
