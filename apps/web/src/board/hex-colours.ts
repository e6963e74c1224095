/** A canvas takes every CSS colour that a person types; a board holds `transparent`, #hex and names. */

const kept = /^(?:#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,24})$/i;

/** The colour itself when a board takes it, else as #hex; null for what is no colour. */
export function hexColour(colour: string, toHex: (colour: string) => string | null): string | null {
  const trimmed = colour.trim();
  return kept.test(trimmed) ? trimmed : toHex(trimmed);
}

/** The element with its colours as a board takes them: the same object when they are already. */
export function withHexColours<Element extends object>(
  element: Element,
  toHex: (colour: string) => string | null,
): Element {
  const changes: { [key: string]: string } = {};
  for (const key of ['strokeColor', 'backgroundColor']) {
    const colour: unknown = Reflect.get(element, key);
    const hex = typeof colour === 'string' ? hexColour(colour, toHex) : null;
    if (hex !== null && hex !== colour) changes[key] = hex;
  }
  return Object.keys(changes).length === 0 ? element : { ...element, ...changes };
}

/** Asks the browser, which writes every colour as #rrggbb, or as rgba() when one can see through it. */
export function toHexInBrowser(colour: string): string | null {
  const context = document.createElement('canvas').getContext('2d');
  if (!context || !CSS.supports('color', colour)) return null;
  context.fillStyle = colour;
  return fromCanvas(context.fillStyle);
}

/** What a canvas gives back as its fill style, as #hex. */
export function fromCanvas(style: string): string | null {
  if (style.startsWith('#')) return style;
  const parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(style)?.slice(1).map(Number);
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0, alpha = 0] = parts;
  return `#${[red, green, blue, Math.round(alpha * 255)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
