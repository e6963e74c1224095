import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { outboxAnswers } from '@atrium/client/testing';
import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { expect, test } from './fixtures.ts';

const offline = { expects: /ERR_INTERNET_DISCONNECTED/ };
const box = [
  { x: 320, y: 260 },
  { x: 520, y: 380 },
];

test('IndexedDB keeps what every outbox must keep', async ({ visit, product }) => {
  const { page } = await visit('Ada');
  await page.goto('/');
  const client = '../../../packages/client/';
  const parts = [`${client}src/outbox/indexed-db-outbox.ts`, `${client}src/testing/outbox-promises.ts`].map(
    plainScript,
  );
  const found: { [promise: string]: unknown } = {};
  for (const promise of Object.keys(outboxAnswers)) {
    // A fresh profile's worth of data for each: the promises share the names.
    await page.goto(product.url);
    found[promise] = await page.evaluate(`(async () => {
      await new Promise((done) => (indexedDB.deleteDatabase('atrium-outbox').onsuccess = done));
      ${(await Promise.all(parts)).join('\n')}
      return outboxPromises[${JSON.stringify(promise)}](openIndexedDbOutbox());
    })()`);
  }
  expect(found).toEqual(outboxAnswers);
});

test('a session that ends while the line is away keeps what was drawn, and signing in brings it and the place back', async ({
  signUp,
  product,
}) => {
  const ada = await signUp('Ada', offline);
  await createBoard(ada, 'Interrupted');
  const room = ada.page.url();
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  const cookie = (await ada.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { cookie, origin: product.url, 'content-type': 'application/json' };
  const me = await (await fetch(`${product.url}/trpc/auth.me`, { headers })).json();

  await ada.context.setOffline(true);
  await draw(ada.page, 'rectangle', box);
  await expect(ada.page.getByText(/\d+ changes? (is|are) kept on this device/)).toBeVisible();
  await fetch(`${product.url}/trpc/auth.logout`, { method: 'POST', headers });
  await ada.context.setOffline(false);
  await expect(ada.page.getByText(/\d+ changes? of yours (is|are) kept on this device/)).toBeVisible();
  expect(await outlineOf(bob.page)).toEqual([]);

  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in again' }).click();
  await ada.page.getByLabel('Email').fill(me.result.data.user.email);
  await ada.page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await ada.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ada.page).toHaveURL(room);
  await canvasOf(ada.page);
  await expect.poll(() => outlineOf(bob.page)).toEqual(['Rectangle']);
  expect(await outlineOf(ada.page)).toEqual(['Rectangle']);
});

test('signing out asks first when something has not reached the server', async ({ signUp }) => {
  const ada = await signUp('Ada', offline);
  await createBoard(ada, 'Half way out');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  const { page } = ada;
  const toSettings = async () => {
    await page.getByRole('link', { name: 'Back to your rooms' }).click();
    await page.getByRole('link', { name: 'Settings of Ada' }).click();
    await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  };
  // Once with the line, so that its pages are there without it.
  await toSettings();
  await page.goBack();
  await page.goBack();
  await canvasOf(page);

  await ada.context.setOffline(true);
  await draw(page, 'ellipse', box);
  await expect(page.getByText(/\d+ changes? (is|are) kept on this device/)).toBeVisible();
  await toSettings();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Not everything is saved yet' });
  await expect(dialog).toContainText(/\d+ changes? (has|have) not reached the server/);
  await ada.context.setOffline(false);
  await expect(dialog).toContainText('Everything has reached the server now');
  await expect.poll(() => outlineOf(bob.page)).toEqual(['Ellipse']);
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});

/** A file of types and plain code as a script: without types, imports and exports. */
async function plainScript(path: string): Promise<string> {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const { code } = await transformWithOxc(await readFile(file, 'utf8'), file);
  return code.replaceAll(/^import .*$/gm, '').replaceAll(/^export /gm, '');
}
