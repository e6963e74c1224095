import { extremeCommands } from '@atrium/kinds/testing';
import type { Page } from '@playwright/test';
import { canvasOf, createBoard } from './board.ts';
import { expect, test } from './fixtures.ts';

/** The page may be busy for so long, in milliseconds; a fill that was let in by mistake took 20 seconds and more. */
const patience = 15_000;

test('no page dies of what a board lets in: the most points, the largest shapes, every fill, drawn at once', async ({
  signUp,
}) => {
  const { page, context } = await signUp('Ada');
  await createBoard({ name: 'Ada', page, context }, 'Extremes');
  const roomId = new URL(page.url()).pathname.split('/').at(-1);
  const { origin } = new URL(page.url());
  for (const [index, { name, input }] of extremeCommands(1).entries()) {
    const data = { roomId, clientId: 'extremes', commands: [{ seq: index + 1, name, input }] };
    const response = await context.request.post('/trpc/rooms.send', { headers: { origin }, data });
    expect(await response.json()).toMatchObject({ result: { data: { results: [{ ok: true }] } } });
  }
  await respond(page);
  await page.reload();
  await canvasOf(page);
  await page.locator('.excalidraw').first().focus();
  await page.keyboard.press('Shift+Digit1');
  await respond(page);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

/** Resolves when the page has drawn two more frames; fails when that takes too long. */
async function respond(page: Page): Promise<void> {
  const frames = page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('The page hangs.')), patience));
  await Promise.race([frames, late]);
}
