import { bounds } from './bounds.ts';
import { isStorable } from './string.ts';

const linkPattern = /^(?:https?:\/\/|mailto:)[^\s\p{Cc}"'<>\\^`{|}]+$/iu;
const unencoded = /["'<>\\^`{|}]/g;

/** A link that a click may open: http, https or mailto, nothing that runs, and nothing that ends an attribute. */
export function isSafeLink(value: string): boolean {
  return value.length <= bounds.link && isStorable(value) && linkPattern.test(value) && URL.canParse(value);
}

/**
 * The same link as a safe one: `L'Oréal` becomes `L%27Or%C3%A9al`, which leads to the same page. Null for what leads
 * anywhere else than to the web or a mailbox, or hides what it is behind spaces and control characters.
 */
export function safeLink(value: string): string | null {
  if (isSafeLink(value)) return value;
  if (/[\s\p{Cc}]/u.test(value) || !isStorable(value) || !URL.canParse(value)) return null;
  const encoded = new URL(value).href.replaceAll(unencoded, percentEncoded);
  return isSafeLink(encoded) ? encoded : null;
}

function percentEncoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
