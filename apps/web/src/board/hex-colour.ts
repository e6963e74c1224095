/**
 * A board keeps colours as `transparent`, `#hex` or a name. The canvas takes whatever CSS takes, also what people type
 * into its colour fields: `rgb(200, 30, 30)`, `hsl(0 70% 45%)`. Those are translated before they leave this browser.
 */

/** A CSS colour as `#rrggbb` or `#rrggbbaa`; what it cannot read it hands back. */
export type HexColour = (css: string) => string;

const plain = /^(?:#[0-9a-f]{3,8}|[a-z]+)$/i;

/** The part of a canvas that is needed: it knows every colour that this browser knows. */
export type ColourContext = Pick<CanvasRenderingContext2D, 'fillStyle' | 'clearRect' | 'fillRect' | 'getImageData'>;

/** Reads colours by painting one pixel with each; every colour once. */
export function hexColourReader(open: () => ColourContext | null): HexColour {
  const known = new Map<string, string>();
  let context: ColourContext | null = null;
  return (css) => {
    if (plain.test(css)) return css;
    const earlier = known.get(css);
    if (earlier !== undefined) return earlier;
    context ??= open();
    const hex = context && isReadable(context, css) ? pixelOf(context, css) : css;
    known.set(css, hex);
    return hex;
  };
}

/** In the page. */
export const browserHexColour = hexColourReader(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  return canvas.getContext('2d', { willReadFrequently: true });
});

const colourKeys = ['strokeColor', 'backgroundColor'] as const;

/** The element with colours that a board can keep; the same object when they are. */
export function withHexColours<Element extends object>(element: Element, toHex: HexColour): Element {
  const changes: { [key: string]: string } = {};
  for (const key of colourKeys) {
    const css: unknown = Reflect.get(element, key);
    const hex = typeof css === 'string' ? toHex(css) : css;
    if (typeof hex === 'string' && hex !== css) changes[key] = hex;
  }
  return Object.keys(changes).length > 0 ? { ...element, ...changes } : element;
}

/** What a canvas cannot read leaves the colour before it in place, whichever that is. */
function isReadable(context: ColourContext, css: string): boolean {
  const [after, otherwise] = ['#000000', '#ffffff'].map((before) => {
    context.fillStyle = before;
    context.fillStyle = css;
    return context.fillStyle;
  });
  return after === otherwise;
}

function pixelOf(context: ColourContext, css: string): string {
  context.fillStyle = css;
  context.clearRect(0, 0, 1, 1);
  context.fillRect(0, 0, 1, 1);
  const bytes = [...context.getImageData(0, 0, 1, 1).data];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `#${hex.endsWith('ff') ? hex.slice(0, 6) : hex}`;
}
