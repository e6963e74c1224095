import type { Page } from '@playwright/test';
import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { makeAdmin } from './change-users.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf } from './mail.ts';

const shareOf = async ({ page }: Visitor) => {
  await page.getByRole('button', { name: 'Share' }).click();
  return page.getByRole('dialog', { name: 'Share this room' });
};

/** Every call of the page that is refused because of who it is, over HTTP and over the socket, from now on. */
function refusedCalls(page: Page): readonly string[] {
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(response.url());
  });
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = payload.toString();
      if (text.includes('NOT_ALLOWED')) refused.push(text);
    }),
  );
  return refused;
}

/** Makes the room public in its share dialog, which stays open, and answers its address. */
async function publish(owner: Visitor): Promise<string> {
  const dialog = await shareOf(owner);
  const toggle = dialog.getByRole('switch', { name: 'Anyone with the address may look on' });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();
  return dialog.getByRole('textbox', { name: 'Public address' }).inputValue();
}

test('a stranger looks on in a public room as a guest, live and without a refused call, until it is private again', async ({
  signUp,
  visit,
}) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Open studio');
  const address = await publish(ada);
  await ada.page.keyboard.press('Escape');

  const gus = await visit('Gus');
  const refused = refusedCalls(gus.page);
  await gus.page.goto(address);
  await expect(gus.page.getByRole('heading', { level: 1 })).toHaveText('Open studio');
  await gus.page.getByLabel('Your name').fill('Gus');
  await gus.page.getByRole('button', { name: 'Look on as a guest' }).click();
  const canvas = await canvasOf(gus.page);
  await expect(gus.page.getByText('You are looking on in a public room.')).toBeVisible();
  await expect(ada.page.getByRole('list', { name: 'In the room now' })).toContainText('Gus');

  await draw(ada.page, 'rectangle', [
    { x: 320, y: 260 },
    { x: 520, y: 380 },
  ]);
  await expect.poll(() => outlineOf(gus.page)).toEqual(['Rectangle']);

  // There is nothing to draw with, to share or to leave; what is tried all the same asks the server nothing.
  for (const name of ['Share', 'People in this room', 'Rename room'])
    await expect(gus.page.getByRole('button', { name })).toHaveCount(0);
  await expect(gus.page.getByRole('radio', { name: 'Rectangle' })).toHaveCount(0);
  await canvas.hover({ position: { x: 300, y: 300 } });
  await draw(gus.page, 'ellipse', [
    { x: 620, y: 260 },
    { x: 760, y: 380 },
  ]);
  await gus.page.goto(`${gus.page.url()}/members`);
  await canvasOf(gus.page);
  await expect(gus.page).not.toHaveURL(/members/);
  await expect.poll(() => outlineOf(gus.page)).toEqual(['Rectangle']);
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Rectangle']);

  const dialog = await shareOf(ada);
  await dialog.getByRole('switch').click();
  await expect(gus.page.getByRole('heading', { level: 1 })).toHaveText('This room is not public any more');
  await expect(gus.page.getByText('Ada closed it to those who only look on.')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Public address' })).toHaveCount(0);
  expect(refused).toEqual([]);

  const late = await visit('Late');
  await late.page.goto(address);
  await expect(late.page.getByRole('heading', { level: 1 })).toHaveText('There is no public room here');
  const said = await late.page.getByRole('main').innerText();
  await late.page.goto(address.replace(/[\da-f-]{36}$/, crypto.randomUUID()));
  await expect(late.page.getByRole('heading', { level: 1 })).toHaveText('There is no public room here');
  expect(await late.page.getByRole('main').innerText()).toBe(said);
});

test('who is signed in goes straight in, asks to come in, and draws as soon as an owner says so', async ({
  signUp,
}) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Half open');
  const address = await publish(ada);
  const dialog = ada.page.getByRole('dialog', { name: 'Share this room' });

  const bob = await signUp('Bob');
  const refused = refusedCalls(bob.page);
  await bob.page.goto(address);
  await canvasOf(bob.page);
  await bob.page.getByRole('button', { name: 'Ask to come in' }).click();
  await expect(bob.page.getByText('Its owners see now that you would like to come in.')).toBeVisible();
  await dialog.getByRole('list', { name: 'Would like to come in' }).getByRole('button', { name: 'May draw' }).click();
  await expect(bob.page.getByText('lets you draw in this room now.')).toBeVisible();
  await expect(bob.page.getByText('You are looking on in a public room.')).toHaveCount(0);
  await draw(bob.page, 'diamond', [
    { x: 320, y: 260 },
    { x: 520, y: 380 },
  ]);
  await expect(bob.page.getByRole('button', { name: 'People in this room' })).toBeVisible();

  // Whoever is a member stays when the room becomes private.
  await dialog.getByRole('switch').click();
  await expect(dialog.getByText('Only members see this room.')).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Diamond']);
  await draw(bob.page, 'rectangle', [
    { x: 620, y: 260 },
    { x: 820, y: 380 },
  ]);
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Diamond', 'Rectangle']);
  expect(refused).toEqual([]);
});

test('a room that an administrator froze can be looked at, and nobody is offered to change it', async ({
  product,
  signUp,
}) => {
  const zoe = await signUp('Zoe');
  await makeAdmin(product, await addressOf(zoe.page));
  const ada = await signUp('Ada');
  await createBoard(ada, 'Ice');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  await publish(ada);
  await ada.page.keyboard.press('Escape');
  await expect(bob.page.getByRole('radio', { name: 'Rectangle' })).toBeVisible();

  const freeze = async (frozen: boolean) => {
    const headers = { origin: product.url };
    const data = { roomId: bob.page.url().slice(-36), frozen };
    expect((await zoe.context.request.post('/trpc/admin.freezeRoom', { headers, data })).ok()).toBe(true);
  };
  await freeze(true);
  for (const { page } of [ada, bob]) {
    await expect(page.getByText('An administrator froze this room. Everything is kept.')).toBeVisible();
    await expect(page.getByText('An administrator has frozen this room: everything')).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Rectangle' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0);
  }
  await expect(ada.page.getByRole('button', { name: 'Rename room' })).toHaveCount(0);

  await ada.page.goto('/rooms');
  const row = ada.page.getByRole('listitem').filter({ hasText: 'Ice' });
  await expect(row).toContainText('Frozen');
  await expect(row).toContainText('Public');
  await ada.page.getByRole('button', { name: 'Actions for Ice' }).click();
  await expect(ada.page.getByRole('menuitem')).toHaveText(['People', 'Leave']);
  await ada.page.getByRole('menuitem', { name: 'People' }).click();
  await expect(ada.page.getByText('nobody new comes in')).toBeVisible();
  await expect(ada.page.getByRole('main').getByRole('combobox')).toHaveCount(0);

  await freeze(false);
  await expect(bob.page.getByText('An administrator thawed this room.')).toBeVisible();
  await expect(bob.page.getByRole('radio', { name: 'Rectangle' })).toBeVisible();
});
