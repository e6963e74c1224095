import { randomInt } from 'node:crypto';
import { hashToken } from '../session/token.ts';

/** How many are made at once. */
const howMany = 10;

/** Without letters that look like another letter or like a digit. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const groups = 3;
const groupLength = 4;

/** Ten codes such as "k7mq-2rtx-9hwc": twelve characters of 31, so 59 bits each. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: howMany }, newCode);
}

/** For the database. Unsalted on purpose: what is hashed is random and long. */
export function hashRecoveryCode(code: string): string {
  return hashToken(plain(code));
}

/** True for what could be one, however it was typed: with capitals, without dashes, with spaces. */
export function isRecoveryCode(code: string): boolean {
  const characters = plain(code);
  return characters.length === groups * groupLength && Array.from(characters).every((each) => alphabet.includes(each));
}

function newCode(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '');
}
