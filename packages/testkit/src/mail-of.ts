import { until } from './until.ts';

/** One mail, as a server without a mail server keeps it. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Web addresses in its text. */
  readonly links: readonly string[];
}

/** The newest mail to this address (whose subject fits), as soon as there is one: mails are sent in the background. */
export async function mailOf(url: string, address: string, subject = /./u): Promise<ReceivedMail> {
  let found: ReceivedMail | undefined;
  await until(
    async () => {
      found = (await mailsOf(url, address)).find((mail) => subject.test(mail.subject));
      return found !== undefined;
    },
    { what: `a mail to ${address}`, patience: 10_000 },
  );
  if (!found) throw new Error(`There is no mail to ${address}`);
  return found;
}

/** All mails to this address so far, newest first. */
export async function mailsOf(url: string, address: string): Promise<readonly ReceivedMail[]> {
  const answer = await fetch(`${url}/dev/mailbox.json?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as ReceivedMail[];
}

/** The token of the first link in a mail: what stands behind its #. */
export function tokenIn(mail: ReceivedMail): string {
  const token = mail.links[0]?.split('#')[1];
  if (token === undefined) throw new Error(`The mail "${mail.subject}" has no link with a token`);
  return token;
}

/** The token of the link that `ask` has mailed to this address. */
export async function tokenAfter(url: string, address: string, ask: () => Promise<unknown>): Promise<string> {
  const tokens = async () => (await mailsOf(url, address)).flatMap(({ links }) => links[0]?.split('#')[1] ?? []);
  const before = new Set(await tokens());
  await ask();
  let found: string | undefined;
  await until(
    async () => {
      found = (await tokens()).find((token) => !before.has(token));
      return found !== undefined;
    },
    { what: `a link to ${address}`, patience: 10_000 },
  );
  return found ?? '';
}
