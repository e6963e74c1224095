import { escapeHtml, type KeptMail } from '@atrium/auth';

/** The mails as a page without a script; the newest is open. */
export function mailboxPage(mails: readonly KeptMail[]): string {
  const list = mails.map((mail, index) => mailOf(mail, index === 0)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mailbox · Atrium</title>
<link rel="stylesheet" href="/dev/mailbox.css">
</head>
<body>
<main>
<header>
<h1>Mailbox</h1>
<p>This server has no <code>SMTP_URL</code>, so its mails stay here: the newest 200, until it stops. Only this machine can read them.</p>
<p><a class="button" href="/dev/mailbox">Look for new mail</a> <a href="/dev/mailbox.json">As JSON</a></p>
</header>
${list === '' ? '<p class="empty">No mail yet. Register, or ask for a link, and it appears here.</p>' : list}
</main>
</body>
</html>
`;
}

function mailOf({ id, to, subject, text, at }: KeptMail, isOpen: boolean): string {
  const time = at.toISOString();
  return `<details${isOpen ? ' open' : ''}>
<summary><span class="subject">${escapeHtml(subject)}</span> <span class="to">${escapeHtml(to)}</span>
<time datetime="${time}">${time.slice(11, 19)} UTC</time></summary>
<div class="text">${withLinks(text)}</div>
<p class="more"><a href="/dev/mailbox/${id}">As HTML</a></p>
</details>`;
}

/** Splits first and escapes each piece then: an address never runs into what was escaped. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/u)
    .map((part, index) => {
      const safe = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${safe}">${safe}</a>` : safe;
    })
    .join('');
}
