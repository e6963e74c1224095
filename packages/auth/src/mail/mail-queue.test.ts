import { expect, test } from 'vitest';
import { createMailQueue } from './mail-queue.ts';
import { type Mail, type Mailer, MailFailed } from './mailer.ts';

const mail: Mail = { to: 'ada@example.org', subject: 'Hello', text: '', html: '' };

/** Fails as often as it is told to, each time with the next error. */
function stage(failures: readonly MailFailed[]) {
  const left = [...failures];
  const sent: Mail[] = [];
  const waited: number[] = [];
  const told: boolean[] = [];
  const mailer: Mailer = {
    send(each) {
      const failure = left.shift();
      if (failure) return Promise.reject(failure);
      sent.push(each);
      return Promise.resolve();
    },
    close: () => {},
  };
  const queue = createMailQueue({
    mailer,
    onFailure: (_error, isLast) => told.push(isLast),
    delays: [1, 10],
    wait: (delay) => (waited.push(delay), Promise.resolve()),
  });
  return { queue, sent, waited, told };
}

const passing = new MailFailed('ECONNECTION', false);
const lasting = new MailFailed('EENVELOPE 550', true);

test('A41 whoever causes a mail does not wait, not even for it to be written', async () => {
  const { queue, sent } = stage([]);
  let write: (mail: Mail) => void = () => {};
  queue.push(() => new Promise((resolve) => (write = resolve)));
  expect(sent).toEqual([]);
  write(mail);
  await queue.idle();
  expect(sent).toEqual([mail]);
});

test('A41 a failure that may pass is tried again, later each time, and written once', async () => {
  const { queue, sent, waited, told } = stage([passing, passing]);
  let written = 0;
  queue.push(() => ((written += 1), Promise.resolve(mail)));
  await queue.idle();
  expect([sent, waited, told, written]).toEqual([[mail], [1, 10], [false, false], 1]);
});

test('A41 it is given up in the end, and at once when trying again is in vain', async () => {
  const often = stage([passing, passing, passing]);
  often.queue.push(() => Promise.resolve(mail));
  await often.queue.idle();
  expect([often.sent, often.told]).toEqual([[], [false, false, true]]);
  const once = stage([lasting]);
  once.queue.push(() => Promise.resolve(mail));
  await once.queue.idle();
  expect([once.sent, once.waited, once.told]).toEqual([[], [], [true]]);
});

test('A41 at the end it takes no more, tries at once what waits, and does not stay for longer than it is given', async () => {
  const told: boolean[] = [];
  const sent: Mail[] = [];
  let failures = 1;
  const mailer: Mailer = {
    send: (each) => (failures-- > 0 ? Promise.reject(passing) : (sent.push(each), Promise.resolve())),
    close: () => {},
  };
  let heard = () => {};
  const failed = new Promise<void>((resolve) => (heard = resolve));
  const queue = createMailQueue({
    mailer,
    onFailure: (_error, isLast) => (told.push(isLast), heard()),
    delays: [60_000],
  });
  queue.push(() => Promise.resolve(mail));
  await failed;
  queue.push(() => new Promise(() => {}));
  await queue.drain(30);
  expect(sent).toEqual([mail]);
  queue.push(() => Promise.resolve(mail));
  expect(told).toEqual([false, true]);
});

test('A41 what fails at the end is given up', async () => {
  const { queue, told } = stage([passing, passing]);
  let write: (mail: Mail) => void = () => {};
  queue.push(() => new Promise((resolve) => (write = resolve)));
  const drained = queue.drain(1_000);
  write(mail);
  await drained;
  expect(told).toEqual([true]);
});

test('A41 a database that fails while a mail is written is tried again like a mail server', async () => {
  const { queue, sent } = stage([]);
  let tries = 0;
  queue.push(() => ((tries += 1) === 1 ? Promise.reject(new Error('down')) : Promise.resolve(mail)));
  await queue.idle();
  expect(sent).toEqual([mail]);
});
