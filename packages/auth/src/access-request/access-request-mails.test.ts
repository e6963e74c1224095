import { expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { openTestAuth } from '../testing/test-auth.ts';

const device = { userAgent: undefined, address: '203.0.113.1' };
const owner = (email: string) => ({ email, name: 'Ada', room: 'Launch plan' });
const asked = (...emails: string[]) => ({ roomId: randomUUID(), askedBy: 'Tom', owners: emails.map(owner) });

test('A40 each owner gets one mail, which leads to the page that lets people in', async () => {
  await using kit = await openTestAuth();
  const request = asked('ada@example.org', 'ben@example.org');
  await kit.auth.accessRequestMails.send(request, device);
  for (const { email } of request.owners) {
    const mails = await kit.mailsTo(email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Tom would like to come in']);
    expect(mails[0]?.text).toContain('Hello Ada,');
    expect(mails[0]?.links).toEqual([`http://localhost:3000/rooms/${request.roomId}/members`]);
  }
});

test('A50 whoever asks at many doors of one owner fills no letter box, and is told nothing; other owners get theirs', async () => {
  await using kit = await openTestAuth();
  for (let n = 0; n < 8; n += 1) await kit.auth.accessRequestMails.send(asked('ada@example.org'), device);
  expect(await kit.mailsTo('ada@example.org')).toHaveLength(5);
  for (let n = 0; n < 30; n += 1) await kit.auth.accessRequestMails.send(asked('ada@example.org'), kit.device);
  await kit.auth.accessRequestMails.send(asked('ada@example.org', 'ben@example.org'), device);
  expect(await kit.mailsTo('ada@example.org')).toHaveLength(20);
  expect(await kit.mailsTo('ben@example.org')).toHaveLength(1);
});

test('A50 what is left of other mails does not tell that there was one about a request', async () => {
  await using kit = await openTestAuth();
  for (let n = 0; n < 70; n += 1) await kit.auth.accessRequestMails.send(asked('ada@example.org'), device);
  const others = Array.from({ length: 5 }, () => kit.auth.inviteMails.count('ada@example.org', device));
  await expect(Promise.all(others)).resolves.toHaveLength(5);
});
