export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The way out of every mail: a mail server, or the mailbox page. */
export interface Mailer {
  /** Resolves when the mail is out of our hands. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
