import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf, write } from './board.ts';
import { expect, test } from './fixtures.ts';
import { difference, pictureOf, samePicture } from './picture.ts';

test('two people draw at the same time; a late third, a reload and a restart see it all', async ({
  product,
  signUp,
  visit,
}) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Launch plan');
  const link = await inviteLink(ada, 'editor');
  const bob = await signUp('Bob');
  await accept(bob, link);

  await Promise.all([
    (async () => {
      await draw(ada.page, 'rectangle', [
        { x: 300, y: 250 },
        { x: 460, y: 350 },
      ]);
      await draw(ada.page, 'freehand', [
        { x: 300, y: 450 },
        { x: 380, y: 500 },
        { x: 460, y: 430 },
      ]);
      await write(ada.page, { x: 320, y: 600 }, 'Written by Ada');
    })(),
    (async () => {
      await draw(bob.page, 'ellipse', [
        { x: 700, y: 250 },
        { x: 860, y: 350 },
      ]);
      await draw(bob.page, 'freehand', [
        { x: 700, y: 450 },
        { x: 780, y: 520 },
        { x: 860, y: 430 },
      ]);
      await write(bob.page, { x: 720, y: 600 }, 'Written by Bob');
    })(),
  ]);

  const whole = ['Rectangle', 'Drawing', 'Ellipse', 'Drawing', 'TextWritten by Ada', 'TextWritten by Bob'];
  const words = (items: string[]) => items.map((item) => item.replaceAll(/[\s“”"]/g, '')).toSorted();
  const expected = words(whole);
  for (const { page } of [ada, bob]) await expect.poll(async () => words(await outlineOf(page))).toEqual(expected);
  expect(await outlineOf(ada.page)).toEqual(await outlineOf(bob.page));
  await samePicture([ada.page, bob.page]);

  const cleo = await visit('Cleo');
  await cleo.page.goto(link);
  await cleo.page.getByLabel(/name/i).fill('Cleo');
  await cleo.page.getByRole('button', { name: /guest|join/i }).click();
  await canvasOf(cleo.page);
  await expect.poll(async () => words(await outlineOf(cleo.page))).toEqual(expected);
  await samePicture([ada.page, cleo.page]);
  await expect(ada.page.getByRole('list', { name: 'In the room now' })).toContainText(/C/);

  await bob.page.reload();
  await canvasOf(bob.page);
  await expect.poll(async () => words(await outlineOf(bob.page))).toEqual(expected);
  const before = await samePicture([ada.page, bob.page]);

  await product.restart();
  await expect.poll(async () => words(await outlineOf(ada.page)), { timeout: 30_000 }).toEqual(expected);
  await draw(ada.page, 'rectangle', [
    { x: 520, y: 250 },
    { x: 640, y: 350 },
  ]);
  const after = words([...whole, 'Rectangle']);
  for (const { page } of [ada, bob, cleo]) {
    await expect.poll(async () => words(await outlineOf(page)), { timeout: 30_000 }).toEqual(after);
  }
  const restarted = await samePicture([ada.page, bob.page, cleo.page]);
  expect(difference(restarted, before)).toBeGreaterThan(8);
});

test('a viewer sees everything live and cannot draw', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Look, do not touch');
  const vera = await signUp('Vera');
  await accept(vera, await inviteLink(ada, 'viewer'));
  await draw(ada.page, 'rectangle', [
    { x: 300, y: 250 },
    { x: 460, y: 350 },
  ]);
  // A line is in the outline from the first stroke of the mouse on, while its shape still grows; what came before an
  // undo that has arrived is whole.
  await draw(ada.page, 'diamond', [
    { x: 600, y: 250 },
    { x: 700, y: 350 },
  ]);
  await expect.poll(() => outlineOf(vera.page)).toEqual(['Rectangle', 'Diamond']);
  await ada.page.keyboard.press('Control+Z');
  await expect.poll(() => outlineOf(vera.page)).toEqual(['Rectangle']);
  const before = await pictureOf(vera.page);
  await draw(vera.page, 'ellipse', [
    { x: 700, y: 250 },
    { x: 860, y: 350 },
  ]);
  await vera.page.locator('.excalidraw').first().focus();
  await vera.page.keyboard.press('Control+A');
  await vera.page.keyboard.press('Delete');
  expect(difference(await pictureOf(vera.page), before)).toBe(0);
  await draw(ada.page, 'rectangle', [
    { x: 500, y: 450 },
    { x: 600, y: 550 },
  ]);
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Rectangle', 'Rectangle']);
  await expect.poll(() => outlineOf(vera.page)).toEqual(['Rectangle', 'Rectangle']);
});

test('one person in three tabs is one avatar, and a short absence shows no leave', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Tabs');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  const here = ada.page.getByRole('list', { name: 'In the room now' }).getByRole('listitem');
  await expect(here).toHaveCount(2);
  const tabs = [await bob.context.newPage(), await bob.context.newPage()];
  for (const tab of tabs) {
    await tab.goto(bob.page.url());
    await canvasOf(tab);
  }
  await expect(here).toHaveCount(2);

  for (const tab of tabs) await tab.close();
  const { page } = bob;
  const room = page.url();
  let fewest = 2;
  const watch = setInterval(() => void here.count().then((count) => (fewest = Math.min(fewest, count))), 100);
  await page.goto('about:blank');
  await ada.page.waitForTimeout(2_000);
  await page.goto(room);
  await canvasOf(page);
  clearInterval(watch);
  expect(fewest).toBe(2);
  await page.close();
  await expect(here).toHaveCount(1);
});
