import type { Mail } from '../mailer.ts';
import { escapeHtml } from './escape-html.ts';

/** What a mail says, before it is text and HTML. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** Whose account it is about: chosen by whoever made the account. Null: no name. */
  readonly name: string | null;
  readonly paragraphs: readonly string[];
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Small print. */
  readonly afterwards?: readonly string[];
}

/** One letter, twice: as plain text, and as HTML that says the same. */
export function writeMail(letter: Letter): Mail {
  const { to, subject } = letter;
  return { to, subject: oneLine(subject), text: textOf(letter), html: htmlOf(letter) };
}

/**
 * A stranger may register an address with any name, and our mail must not carry their message to it: what reads like
 * more than a name is left out.
 */
export function isPlainName(name: string | null): name is string {
  return name !== null && /^(?!.*\.\S)[\p{L}\p{M}\p{N} .'’-]{1,40}$/u.test(name);
}

function greeting(name: string | null): string {
  return isPlainName(name) ? `Hello ${name},` : 'Hello,';
}

/** A subject is one line: a line break would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

function textOf({ name, paragraphs, action, afterwards = [] }: Letter): string {
  const parts = [greeting(name), ...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), ...afterwards];
  return `${parts.join('\n\n')}\n\n-- \nAtrium\n`;
}

const light = {
  ground: '#f1f1e8',
  surface: '#fbfbf5',
  ink: '#1a211b',
  soft: '#525a50',
  accent: '#14694a',
  on: '#fbfbf5',
};
const dark = {
  ground: '#121714',
  surface: '#1a201c',
  ink: '#ecefe4',
  soft: '#a8b3a8',
  accent: '#8ed8aa',
  on: '#0b2016',
};
const font = "font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Each colour stands in a style attribute, which every mail program reads; those that know it take the dark ones. */
const darkRules = `@media (prefers-color-scheme:dark){
.ground{background:${dark.ground}!important}
.surface{background:${dark.surface}!important}
.ink{color:${dark.ink}!important}
.soft{color:${dark.soft}!important}
.action{background:${dark.accent}!important;color:${dark.on}!important}
.link{color:${dark.accent}!important}
}`;

function htmlOf({ subject, name, paragraphs, action, afterwards = [] }: Letter): string {
  const lines = [greeting(name), ...paragraphs].map(
    (line) => `<p class="ink" style="margin:0 0 16px;color:${light.ink}">${escapeHtml(line)}</p>`,
  );
  const small = afterwards.map(
    (line) => `<p class="soft" style="margin:12px 0 0;font-size:14px;color:${light.soft}">${escapeHtml(line)}</p>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(oneLine(subject))}</title>
<style>${darkRules}</style>
</head>
<body class="ground" style="margin:0;padding:32px 16px;background:${light.ground};${font}">
<div class="surface" style="max-width:520px;margin:0 auto;padding:32px;border-radius:16px;background:${light.surface}">
<p class="ink" style="margin:0 0 24px;font-size:20px;font-weight:700;color:${light.ink}">Atrium</p>
${[...lines, ...(action ? [buttonOf(action)] : []), ...small].join('\n')}
</div>
</body>
</html>
`;
}

/** A button, and the address itself for whoever cannot press it. */
function buttonOf({ label, url }: NonNullable<Letter['action']>): string {
  const address = escapeHtml(url);
  const button = `display:inline-block;padding:12px 24px;border-radius:12px;background:${light.accent};color:${light.on};font-weight:600;text-decoration:none`;
  return `<p style="margin:24px 0"><a class="action" href="${address}" style="${button}">${escapeHtml(label)}</a></p>
<p class="soft" style="margin:0 0 16px;font-size:14px;color:${light.soft};word-break:break-all">Or open <a class="link" href="${address}" style="color:${light.accent}">${address}</a></p>`;
}
