import { expect, type Page } from '@playwright/test';

/** What is drawn on a canvas, coarse enough that the last bit of a rounded coordinate does not show. */
export interface Picture {
  /** Mean colour of each square of 8 by 8 pixels: red, green, blue, and so on, row by row. */
  readonly squares: readonly number[];
  /** How many squares differ from the one in the corner: 0 for an empty board. */
  readonly ink: number;
  /** The colour in the corner, as in `255,255,255`. */
  readonly background: string;
}

/** Brings all of the board into view, with nothing selected, and reads the pixels of what is drawn. */
export async function pictureOf(page: Page): Promise<Picture> {
  await page.locator('.excalidraw').first().focus();
  // The laser lets go of what is selected, and with it goes the panel beside which the board would have to fit.
  for (const key of ['Escape', 'k', 'v', 'Shift+1']) await page.keyboard.press(key);
  return page.locator('canvas.static').evaluate(async (canvas: HTMLCanvasElement) => {
    // The canvas draws with the next frame.
    for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    const small = new OffscreenCanvas(Math.floor(canvas.width / 8), Math.floor(canvas.height / 8));
    const context = small.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, 0, 0, small.width * 8, small.height * 8, 0, 0, small.width, small.height);
    const squares = [...context.getImageData(0, 0, small.width, small.height).data].filter((_, i) => i % 4 < 3);
    const corner = squares.slice(0, 3);
    const isInk = (at: number) => corner.some((value, i) => Math.abs(value - (squares[at + i] ?? value)) > 2);
    let ink = 0;
    for (let at = 0; at < squares.length; at += 3) if (isInk(at)) ink += 1;
    return { squares, ink, background: corner.join() };
  });
}

/** The greatest difference of colour between two squares of the same place, 0 to 255. */
export function difference(one: Picture, other: Picture): number {
  if (one.squares.length !== other.squares.length) return 255;
  return one.squares.reduce((most, value, i) => Math.max(most, Math.abs(value - (other.squares[i] ?? 255))), 0);
}

/** Waits until all of these pages show the same, and answers it. An empty board is nothing to compare. */
export async function samePicture(pages: readonly Page[]): Promise<Picture> {
  let first: Picture = { squares: [], ink: 0, background: '' };
  await expect(async () => {
    const pictures = await Promise.all(pages.map(pictureOf));
    [first = first] = pictures;
    expect(first.ink).toBeGreaterThan(50);
    for (const picture of pictures) expect(difference(first, picture)).toBeLessThan(8);
  }).toPass({ timeout: 30_000 });
  return first;
}
