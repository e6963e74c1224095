import { expect, type Page } from '@playwright/test';
import type { Visitor } from './fixtures.ts';

/** Creates a board from the rooms page and waits for its canvas. */
export async function createBoard({ page }: Visitor, title: string): Promise<void> {
  await page.goto('/rooms');
  await page.getByRole('textbox', { name: 'Name of the new room' }).fill(title);
  await page.getByRole('button', { name: 'Create room' }).click();
  await canvasOf(page);
}

/** The canvas, once it can be drawn on. */
export async function canvasOf(page: Page) {
  const canvas = page.locator('canvas.interactive');
  await expect(canvas).toBeVisible({ timeout: 30_000 });
  return canvas;
}

/** Makes a link for this role in the share dialog and answers it. */
export async function inviteLink({ page }: Visitor, role: 'editor' | 'viewer'): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this room' });
  await dialog.getByRole('radio', { name: role === 'editor' ? 'Can draw' : 'Can view' }).check();
  await dialog.getByRole('button', { name: /^Create (another )?link$/ }).click();
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await page.keyboard.press('Escape');
  return link;
}

/** Accepts an invitation as whoever is signed in. */
export async function accept({ page }: Visitor, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: /^Join as/ }).click();
  await canvasOf(page);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const toolKeys = { rectangle: 'r', diamond: 'd', ellipse: 'o', arrow: 'a', freehand: 'p' } as const;

/** Presses a tool's key, then draws from point to point; coordinates of the page. */
export async function draw(page: Page, tool: keyof typeof toolKeys, path: readonly Point[]): Promise<void> {
  await page.locator('.excalidraw').first().focus();
  await page.keyboard.press(toolKeys[tool]);
  const [first, ...rest] = path;
  if (!first) return;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.press('Escape');
}

export async function write(page: Page, at: Point, text: string): Promise<void> {
  await page.locator('.excalidraw').first().focus();
  await page.keyboard.press('t');
  await page.mouse.click(at.x, at.y);
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

/** What the page says is on the board, in words. */
export async function outlineOf(page: Page): Promise<string[]> {
  const outline = page.getByRole('region', { name: 'Outline' });
  const toggle = outline.getByRole('button', { name: 'Outline' });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  const lines = await outline.getByRole('listitem').allInnerTexts();
  return lines.map((line) => line.replaceAll(/\s+/g, ' '));
}
