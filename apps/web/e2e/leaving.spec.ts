import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { expect, test } from './fixtures.ts';
import { samePicture } from './picture.ts';

const box = [
  { x: 320, y: 260 },
  { x: 520, y: 380 },
];
const oval = [
  { x: 620, y: 260 },
  { x: 820, y: 380 },
];

test('what was drawn last over a slow line is not lost by leaving the room or closing the tab', async ({ signUp }) => {
  const ada = await signUp('Ada', { expects: /ERR_INTERNET_DISCONNECTED/ });
  await createBoard(ada, 'In a hurry');
  const room = ada.page.url();
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));

  // The first waits for its answer, the second for the first.
  await ada.context.setOffline(true);
  await draw(ada.page, 'rectangle', box);
  await draw(ada.page, 'ellipse', oval);
  await ada.page.getByRole('link', { name: 'Back to your rooms' }).click();
  await expect(ada.page).toHaveURL(/\/rooms$/);
  await ada.context.setOffline(false);
  await expect.poll(() => outlineOf(bob.page)).toEqual(['Rectangle', 'Ellipse']);

  await ada.page.goto(room);
  await canvasOf(ada.page);
  await samePicture([ada.page, bob.page]);
  await ada.context.setOffline(true);
  await draw(ada.page, 'diamond', [
    { x: 320, y: 460 },
    { x: 520, y: 580 },
  ]);
  await expect(ada.page.getByText(/\d+ changes? (is|are) kept on this device/)).toBeVisible();
  // Nothing would be lost, so nothing is asked.
  await Promise.all([ada.page.waitForEvent('close'), ada.page.close({ runBeforeUnload: true })]);
  await ada.context.setOffline(false);
  const later = await ada.context.newPage();
  await later.goto('/rooms');
  await expect.poll(() => outlineOf(bob.page)).toContain('Diamond');
  await later.goto(room);
  await canvasOf(later);
  await samePicture([later, bob.page]);
});

test('a canvas that fails leaves the room standing, and comes back with what the server has', async ({ signUp }) => {
  const ada = await signUp('Ada', { expects: /The canvas broke/ });
  const { page } = ada;
  const watches: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (payload.toString().includes('rooms.watch')) watches.push(payload.toString());
    }),
  );
  await createBoard(ada, 'Fragile');
  await draw(page, 'rectangle', box);
  await expect.poll(() => outlineOf(page)).toEqual(['Rectangle']);
  expect(watches).toHaveLength(1);

  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const save = prototype.save;
    prototype.save = () => {
      throw new Error('The canvas broke');
    };
    window.addEventListener('mended', () => (prototype.save = save));
  });
  await page.locator('.excalidraw').first().focus();
  await page.keyboard.press('Control+A');
  await expect(page.getByRole('alert')).toContainText('The board could not be shown');
  await expect(page.getByRole('list', { name: 'In the room now' })).toBeVisible();

  await page.evaluate(() => window.dispatchEvent(new Event('mended')));
  await page.getByRole('button', { name: 'Show it again' }).click();
  await canvasOf(page);
  await samePicture([page]);
  expect(watches).toHaveLength(2);
  expect(watches[1]).not.toContain('lastEventId');
  await expect.poll(() => outlineOf(page)).toEqual(['Rectangle']);

  // A canvas that is taken apart is empty at the end: that is not a removal.
  await page.getByRole('link', { name: 'Back to your rooms' }).click();
  await expect(page).toHaveURL(/\/rooms$/);
  await page.goBack();
  await canvasOf(page);
  await samePicture([page]);
});
