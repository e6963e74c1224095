import type { Page } from '@playwright/test';
import { accept, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { difference, pictureOf, samePicture } from './picture.ts';

/** What one does on the canvas, and what the other sees of it. */

async function pair(signUp: (name: string) => Promise<Visitor>): Promise<readonly [ada: Page, bob: Page]> {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Side by side');
  const link = await inviteLink(ada, 'editor');
  const bob = await signUp('Bob');
  await accept(bob, link);
  return [ada.page, bob.page];
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.locator('.excalidraw').first().focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** Selects one element by its line in the outline. */
async function select(page: Page, name: string): Promise<void> {
  await outlineOf(page);
  await page.getByRole('region', { name: 'Outline' }).getByRole('button', { name }).first().click();
}

const box = { from: { x: 320, y: 260 }, to: { x: 520, y: 380 } };
const other = { from: { x: 700, y: 260 }, to: { x: 860, y: 380 } };

test('what is given up leaves no ghost; a label, an arrow and any colour look the same to both', async ({ signUp }) => {
  const [ada, bob] = await pair(signUp);

  // An arrow that is given up with Escape was sent while it followed the pointer.
  await press(ada, 'a');
  await ada.mouse.click(400, 300);
  await ada.mouse.move(600, 400, { steps: 4 });
  await expect.poll(() => outlineOf(bob)).toEqual(['Arrow']);
  await ada.keyboard.press('Escape');
  await expect.poll(() => outlineOf(bob)).toEqual([]);

  await draw(ada, 'rectangle', [box.from, box.to]);
  await press(ada, 'Enter');
  await ada.keyboard.type('Plan');
  await ada.keyboard.press('Escape');
  await draw(ada, 'diamond', [other.from, other.to]);
  await draw(ada, 'arrow', [
    { x: 530, y: 320 },
    { x: 690, y: 320 },
  ]);
  await expect.poll(() => outlineOf(bob)).toEqual(['Rectangle Plan', 'Diamond', 'Arrow']);
  const plain = await samePicture([ada, bob]);

  // A colour as people write it, and another paper under it all.
  await select(ada, 'Rectangle');
  await ada.getByRole('button', { name: 'Stroke', exact: true }).click();
  await ada.locator('.color-picker-input').fill('rgb(200, 30, 30)');
  await ada.keyboard.press('Escape');
  await expect.poll(async () => difference(await pictureOf(bob), plain)).toBeGreaterThan(8);
  await ada.getByRole('button', { name: 'Board menu' }).click();
  await ada.getByTestId('color-top-pick-#fdf8f6').click();
  await ada.keyboard.press('Escape');
  await expect.poll(async () => (await pictureOf(bob)).background).toBe('253,248,246');
  await samePicture([ada, bob]);
  await expect(ada.getByText('A board cannot hold this.')).toHaveCount(0);
});

test("undo takes back one's own, and nobody disturbs what the other is doing", async ({ signUp }) => {
  const [ada, bob] = await pair(signUp);
  await draw(bob, 'ellipse', [other.from, other.to]);
  await expect.poll(() => outlineOf(ada)).toEqual(['Ellipse']);
  await draw(ada, 'rectangle', [box.from, box.to]);
  await expect.poll(() => outlineOf(bob)).toEqual(['Ellipse', 'Rectangle']);
  await draw(bob, 'diamond', [
    { x: 700, y: 450 },
    { x: 860, y: 550 },
  ]);
  await expect.poll(() => outlineOf(ada)).toEqual(['Ellipse', 'Rectangle', 'Diamond']);
  await press(ada, 'Control+Z');
  await expect.poll(() => outlineOf(bob)).toEqual(['Ellipse', 'Diamond']);
  await press(ada, 'Control+Shift+Z');
  await expect.poll(() => outlineOf(bob)).toContain('Rectangle');
  await samePicture([ada, bob]);

  // Bob writes while Ada moves what she drew.
  await press(bob, 't');
  await bob.mouse.click(400, 600);
  await bob.keyboard.type('Half a ');
  const before = await pictureOf(ada);
  await select(ada, 'Ellipse');
  for (let i = 0; i < 5; i += 1) await press(ada, 'ArrowRight');
  await expect.poll(async () => difference(await pictureOf(ada), before)).toBeGreaterThan(8);
  await bob.keyboard.type('sentence');
  await bob.keyboard.press('Escape');
  await expect.poll(() => outlineOf(ada)).toContain('Text Half a sentence');
  await samePicture([ada, bob]);

  // Ada locks everything under Bob's hands: what he does then goes back, and he is told why.
  await select(bob, 'Ellipse');
  await press(ada, 'Control+A', 'Control+Shift+L');
  await press(bob, 'ArrowRight');
  await expect(bob.getByText('An owner has locked this element.').first()).toBeVisible();
  await samePicture([ada, bob]);
});
