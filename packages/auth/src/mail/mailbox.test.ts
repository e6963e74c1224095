import { expect, test } from 'vitest';
import { describeMailer } from '../testing/describe-mailer.ts';
import { createMailbox } from './mailbox.ts';

describeMailer('The mailbox', () => {
  const mailer = createMailbox();
  const received = () =>
    Promise.resolve(mailer.mails.map(({ to, subject, text, html }) => ({ to, subject, text, html })).toReversed());
  return Promise.resolve({ mailer, received, [Symbol.asyncDispose]: () => Promise.resolve() });
});

test('A42 the mailbox keeps the newest 200, newest first, with the links of each', async () => {
  const mailbox = createMailbox();
  for (let n = 1; n <= 201; n += 1)
    await mailbox.send({ to: 'a@example.org', subject: String(n), text: `Open:\nhttp://a/x#${n}\n\nBye`, html: '' });
  expect(mailbox.mails).toHaveLength(200);
  expect(mailbox.mails[0]).toMatchObject({ subject: '201', id: 201, links: ['http://a/x#201'] });
  expect(mailbox.mails.at(-1)).toMatchObject({ subject: '2' });
});
