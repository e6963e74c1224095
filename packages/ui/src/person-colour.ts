/**
 * One colour per person, the same on every screen. The hue follows the canvas's own rule for cursors (a 31-multiplier
 * string hash, 37 hues ten degrees apart), so that an avatar and its cursor can be recognised as one person.
 */
export function personHue(userId: string): number {
  let hash = 0;
  for (let i = 0; i < userId.length; i++) hash = (hash << 5) - hash + userId.charCodeAt(i);
  return (Math.abs(hash) % 37) * 10;
}

/** A CSS colour, light enough to carry dark text in both themes. */
export function personColour(userId: string): string {
  return `hsl(${personHue(userId)}, 100%, 83%)`;
}

/** At most two letters for an avatar: first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = firstLetter(words[0]);
  return words.length > 1 ? first + firstLetter(words.at(-1)) : first || '?';
}

function firstLetter(word: string | undefined): string {
  return word === undefined ? '' : (Array.from(word)[0] ?? '').toLocaleUpperCase();
}
