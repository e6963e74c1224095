import { describe, expect, test } from 'vitest';
import type { Mail, Mailer } from '../mail/mailer.ts';

/** What a suite needs of an implementation. */
export interface MailerFixture extends AsyncDisposable {
  readonly mailer: Mailer;
  /** What arrived at the other end, oldest first. */
  received(): Promise<readonly Mail[]>;
}

const mail: Mail = {
  to: 'ada@example.org',
  subject: 'Grüße, 漢字 👩‍🚀 & <b>',
  text: 'One line\n\nhttps://atrium.example.org/confirm#abc_-123\n.\nA dot stood alone.\n',
  html: '<!doctype html>\n<html lang="en"><body><p>Grüße &amp; <b>漢字</b></p></body></html>\n',
};

/** What every `Mailer` does while nothing is broken. */
export function describeMailer(name: string, create: () => Promise<MailerFixture>): void {
  describe(`${name} takes mails`, () => {
    test('A40 and hands over text and HTML as they were written, in any script', async () => {
      await using fixture = await create();
      await fixture.mailer.send(mail);
      expect(await fixture.received()).toEqual([mail]);
    });

    test('A40 for the one recipient that is named, whatever the address looks like', async () => {
      await using fixture = await create();
      const to = "o'brien+a=b@example.org";
      await fixture.mailer.send({ ...mail, to });
      expect((await fixture.received()).map((each) => each.to)).toEqual([to]);
    });

    test('A40 many at once, none lost', async () => {
      await using fixture = await create();
      const subjects = Array.from({ length: 20 }, (_, n) => `Number ${n}`);
      await Promise.all(subjects.map((subject) => fixture.mailer.send({ ...mail, subject })));
      const received = await fixture.received();
      expect(received.map((each) => each.subject).toSorted()).toEqual(subjects.toSorted());
    });
  });
}
