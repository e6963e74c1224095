import { expect, test } from 'vitest';
import type { Mail } from '../mailer.ts';
import { accessRequestLetter } from './access-request-letter.ts';
import { changeEmailLetter } from './change-email-letter.ts';
import { confirmLetter } from './confirm-letter.ts';
import { inviteLetter } from './invite-letter.ts';
import { knownAddressLetter } from './known-address-letter.ts';
import { magicLetter } from './magic-letter.ts';
import { noticeKinds, noticeLetter } from './notice-letter.ts';
import { resetLetter } from './reset-letter.ts';
import { writeMail } from './write-mail.ts';

const url = 'https://atrium.example.org/confirm#token_-1';
const publicUrl = 'https://atrium.example.org';
const to = 'ada@example.org';
const at = new Date('2026-03-04T05:06:07Z');

function allLetters(name: string): Mail[] {
  const link = { to, name, url };
  return [
    ...[confirmLetter, magicLetter, resetLetter, changeEmailLetter].map((letter) => letter(link)),
    knownAddressLetter({ to, name, publicUrl }),
    accessRequestLetter({ to, name, askedBy: name, room: name, url }),
    ...noticeKinds.map((kind) =>
      noticeLetter({ to, name, kind, label: `<i>${name}</i>`, place: '203.0.113.0/24', at, publicUrl }),
    ),
  ];
}

test('A40 every mail has one line of subject, and says the same as text and as HTML', () => {
  for (const mail of allLetters('Ada Lovelace')) {
    expect(mail.subject).toMatch(/^[^\r\n]{5,80}$/);
    expect(mail.text).toContain('Hello Ada Lovelace,');
    const plain = mail.html.replace(/<style>[^]*<\/style>/, '').replace(/<[^>]*>/g, '');
    const decoded = plain.replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    for (const line of mail.text.split('\n').filter((each) => each !== '-- ' && each !== ''))
      expect(decoded).toContain(line.replace(/:$/, ''));
  }
});

test('A40 a link stands in both, whole', () => {
  const mail = magicLetter({ to, name: null, url });
  expect(mail.text.split('\n')).toContain(url);
  expect(mail.html).toContain(`href="${url}"`);
});

test('A40 no name becomes markup', () => {
  for (const name of ['<img src=x onerror=alert(1)>', '"><script>x</script>', "' style='x", '&lt;b&gt;'])
    for (const mail of allLetters(name)) {
      expect(mail.html).not.toMatch(/<img|<script|<i>|onerror=alert\(1\)>|style='x/);
      expect(mail.text).not.toContain(name === '&lt;b&gt;' ? 'Hello &lt' : `Hello ${name}`);
    }
  const { html } = writeMail({ to, name: null, subject: '</title><b>', paragraphs: ['<b> & "x"'] });
  expect(html).toContain('<title>&lt;/title&gt;&lt;b&gt;</title>');
  expect(html).toContain('&lt;b&gt; &amp; &quot;x&quot;');
});

test('A40 a stranger cannot send a message of theirs as the name of an account', () => {
  for (const name of ['You won! Go to evil.example', 'http://evil.example', 'call +1 555', 'x'.repeat(41), 'a\u202eb'])
    expect(confirmLetter({ to, name, url }).text).toMatch(/^Hello,\n/);
  for (const name of ['Ada', "Seán O'Neil", 'J. R. R. Tolkien', '李小龍', 'Anne-Marie'])
    expect(confirmLetter({ to, name, url }).text).toMatch(`Hello ${name},\n`);
});

test('A40 an invitation names who invites and to what, unless that is a message of theirs', () => {
  const invite = { to, mayDo: 'draw', url };
  const mail = inviteLetter({ ...invite, invitedBy: 'Ada', room: 'Launch plan' });
  expect(mail.subject).toBe('Ada invites you to a room');
  expect(mail.text).toContain('Ada invites you to the room “Launch plan” on Atrium, where you can draw together.');
  expect(mail.text.split('\n')).toContain(url);
  const stranger = inviteLetter({ ...invite, invitedBy: 'Win at evil.example', room: 'http://evil.example' });
  expect(`${stranger.subject} ${stranger.text} ${stranger.html}`).not.toContain('evil');
  expect(stranger.text).toContain('Somebody invites you to a room on Atrium');
});

test('A40 a request to come in names who asks and where, unless that is a message of theirs', () => {
  const request = { to, name: 'Ada', url };
  const mail = accessRequestLetter({ ...request, askedBy: 'Tom', room: 'Launch plan' });
  expect(mail.subject).toBe('Tom would like to come in');
  expect(mail.text).toContain('Tom asks to be let into the room “Launch plan” on Atrium.');
  expect(mail.text.split('\n')).toContain(url);
  const stranger = accessRequestLetter({ ...request, askedBy: 'Win at evil.example', room: 'http://evil.example' });
  expect(`${stranger.subject} ${stranger.text} ${stranger.html}`).not.toContain('evil');
  expect(stranger.text).toContain('Somebody asks to be let into one of your rooms on Atrium.');
});

test('A40 no line break gets into a subject', () => {
  const mail = writeMail({ to, name: null, subject: 'a\r\nBcc: b@example.org\u2028c\u0000', paragraphs: [] });
  expect(mail.subject).toBe('a Bcc: b@example.org c');
});

test('A52 a notice says what, when, with what and from where', () => {
  const mail = noticeLetter({
    ...{ to, name: 'Ada', kind: 'passkey-added', label: 'Firefox on Linux', place: '203.0.113.0/24', at, publicUrl },
  });
  expect(mail.subject).toBe('A passkey was added');
  expect(mail.text).toContain('When: 2026-03-04 05:06 UTC. With: Firefox on Linux. From: 203.0.113.0/24.');
});
