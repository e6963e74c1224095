import type { Page } from '@playwright/test';
import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { expect, test, type Visitor } from './fixtures.ts';

const box = (x: number) => [
  { x, y: 260 },
  { x: x + 120, y: 380 },
];

/** Two people at one board; the first one's page has a clock that can jump. */
async function pairOf(signUp: (name: string) => Promise<Visitor>): Promise<{ ada: Page; bob: Page }> {
  const [ada, bob] = [await signUp('Ada'), await signUp('Bob')];
  await createBoard(ada, 'Away');
  await accept(bob, await inviteLink(ada, 'editor'));
  await ada.page.clock.install();
  await ada.page.reload();
  await canvasOf(ada.page);
  await draw(bob.page, 'rectangle', box(420));
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Rectangle']);
  return { ada: ada.page, bob: bob.page };
}

const show = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { get: () => value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('a laptop that slept for eight hours is live within a second of waking', async ({ signUp }) => {
  const { ada, bob } = await pairOf(signUp);
  await ada.clock.fastForward('08:00:00');
  await draw(bob, 'ellipse', box(620));
  await expect.poll(() => outlineOf(ada)).toEqual(['Rectangle', 'Ellipse']);
  await expect(ada.getByText('Live', { exact: true })).toBeVisible({ timeout: 1_000 });
  await draw(ada, 'diamond', box(820));
  await expect.poll(() => outlineOf(bob)).toEqual(['Rectangle', 'Ellipse', 'Diamond']);
});

test('a tab that was in the background for an hour shows at once what happened', async ({ signUp }) => {
  const { ada, bob } = await pairOf(signUp);
  await show(ada, 'hidden');
  for (let minutes = 0; minutes < 60; minutes += 10) {
    await draw(bob, 'ellipse', box(420 + minutes * 6));
    await ada.clock.fastForward('10:00');
  }
  await show(ada, 'visible');
  await expect.poll(() => outlineOf(ada), { timeout: 1_000 }).toHaveLength(7);
  await expect(ada.getByText('Live', { exact: true })).toBeVisible({ timeout: 1_000 });
});
