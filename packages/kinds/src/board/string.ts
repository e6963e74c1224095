const nul = '\0';
const halfPair = /\p{Surrogate}/u;

/** False for text with a NUL or half a surrogate pair: the database cannot keep it as JSON. */
export function isStorable(text: string): boolean {
  return !text.includes(nul) && !halfPair.test(text);
}

/** The text without what cannot be stored. */
export function storable(text: string): string {
  return text.replaceAll(nul, '').replaceAll(/\p{Surrogate}/gu, '');
}
