/** What is wrong with a typed name; undefined when it is the one of the room. Case and spaces prove nothing. */
export function confirmationProblem(typed: string, title: string): string | undefined {
  return plain(typed) === plain(title) ? undefined : `Type “${title}” to go on.`;
}

function plain(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
