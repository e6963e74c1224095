/**
 * The colour of a person: of their cursor on the canvas and of their avatar everywhere else.
 * The canvas derives a cursor's hue from the collaborator's id in this way (37 hues, full saturation, 83 % light)
 * and offers no other way to choose it; dark text is readable on all of them.
 * @returns a CSS colour.
 */
export function personColour(userId: string): string {
  let hash = 0;
  // Grows as a number and is cut to 32 bits by the shift alone, as in the original: the result differs otherwise.
  for (let i = 0; i < userId.length; i += 1) hash = (hash << 5) - hash + userId.charCodeAt(i);
  return `hsl(${(Math.abs(hash) % 37) * 10}, 100%, 83%)`;
}
