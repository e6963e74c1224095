import { AxeBuilder } from '@axe-core/playwright';
import type { Page, WebSocket } from '@playwright/test';
import { canvasOf, createBoard } from './board.ts';
import { setRole } from './change-users.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf } from './mail.ts';
import type { Product } from './product.ts';

/** The groups of routes: what moving inside one costs, and whom their guards send where. */

test('inside the app: no new document, and the socket of the board stays', async ({ signUp }) => {
  const ada = await signUp('Ada');
  const { page } = ada;
  await createBoard(ada, 'Left for a while');
  const { documents, sockets } = await watch(page);
  await page.getByRole('link', { name: 'Back to your rooms' }).click();
  await expect(heading(page)).toHaveText('Rooms');
  await page.getByRole('link', { name: 'Settings of Ada' }).click();
  await expect(heading(page)).toHaveText('You');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Devices' }).click();
  await expect(page.getByRole('list', { name: 'Devices' })).toBeVisible();
  expect(documents).toEqual([]);
  expect(sockets.map((socket) => socket.isClosed())).toEqual([false]);
});

test('what can open the account asks for a proof before its page opens, and asks once', async ({ signUp }) => {
  const ada = await signUp('Ada');
  const { page, context } = ada;
  const me = await (await page.request.get('/trpc/auth.me')).json();
  me.result.data.session.sudoUntil = new Date(0).toISOString();
  await context.route('**/trpc/auth.me', (route) => route.fulfill({ json: me }));
  await createBoard(ada, 'Before the settings');
  const { documents, sockets } = await watch(page);
  await page.getByRole('link', { name: 'Back to your rooms' }).click();
  await page.getByRole('link', { name: 'Settings of Ada' }).click();
  const navigation = page.getByRole('navigation', { name: 'Settings' });
  const tokens = navigation.getByRole('link', { name: 'API tokens' });
  await tokens.hover();
  await expect(heading(page)).toHaveText('You');
  await tokens.click();
  const dialog = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(dialog).toBeVisible();
  await expect(page.getByRole('heading', { name: 'API tokens', includeHidden: true })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/settings$/);
  await expect(heading(page)).toHaveText('You');

  await tokens.click();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(heading(page)).toHaveText('You');
  await tokens.click();
  await prove(page);
  await expect(heading(page)).toHaveText('API tokens');
  await navigation.getByRole('link', { name: 'Your data' }).click();
  await expect(heading(page)).toHaveText('Your data');
  await expect(dialog).toHaveCount(0);
  expect(documents).toEqual([]);
  expect(sockets.map((socket) => socket.isClosed())).toEqual([false]);

  await page.goto('/settings/data');
  await prove(page);
  await expect(heading(page)).toHaveText('Your data');
});

test('in the control panel: no new document, and the figures come over one socket', async ({ signUp, product }) => {
  const { page } = await signUpAdministrator(product, signUp);
  await page.goto('/rooms');
  const { documents, sockets } = await watch(page);
  await page.getByRole('link', { name: 'Admin', exact: true }).click();
  await expect(heading(page)).toHaveText('Dashboard');
  const people = page.getByRole('region', { name: 'Now' }).getByRole('definition').nth(1);
  await expect(people).toContainText('1');
  await expect(page.getByRole('img', { name: /^Commands per second in the last \d+ seconds/ })).toBeVisible();
  await expectNoHits(page);
  const panel = page.getByRole('navigation', { name: 'Control panel' });
  for (const [link, title] of [
    ['Users', 'Users'],
    ['Audit log', 'Audit log'],
    ['Dashboard', 'Dashboard'],
  ] as const) {
    await panel.getByRole('link', { name: link }).click();
    await expect(heading(page)).toHaveText(title);
    await expect(panel.locator('[aria-current=page]')).toHaveText(link);
  }
  await expect(people).toContainText('1');
  expect(documents).toEqual([]);
  expect(sockets.map((socket) => socket.isClosed())).toEqual([false]);
});

test('nobody else finds the control panel', async ({ signUp, visit }) => {
  const stranger = await visit('Stranger');
  await stranger.page.goto('/admin/users');
  await expect(stranger.page).toHaveURL(/\/sign-in\?next=%2Fadmin%2Fusers$/);

  const { page } = await signUp('Bob');
  for (const path of ['/admin', '/admin/users', '/admin/audit']) {
    await page.goto(path);
    await expect(heading(page)).toHaveText('Rooms');
    await expect(page).toHaveURL(/\/rooms$/);
  }
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0);
  const answer = await page.request.get('/trpc/admin.users');
  expect(answer.status()).toBe(403);
  expect((await answer.json()).error.data.reason).toBe('NOT_ALLOWED');
});

test('an administrator who was lowered while the server was away is home when it is back', async ({
  signUp,
  product,
}) => {
  const { page } = await signUpAdministrator(product, signUp);
  await page.goto('/admin');
  await expect(page.getByText('second by second')).toBeVisible();
  await setRole(product, await addressOf(page), 'user');
  await expect(heading(page)).toHaveText('Rooms');
  await expect(page).toHaveURL(/\/rooms$/);
  await expect(page.getByText('You are not an administrator any more.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0);
});

test('an administrator whom another one lowers is home at once', async ({ signUp, product }) => {
  const other = await signUpAdministrator(product, signUp);
  const { page } = await signUpAdministrator(product, signUp);
  await page.goto('/admin');
  await expect(page.getByText('second by second')).toBeVisible();
  const answer = await other.page.request.post('/trpc/admin.setRole', {
    headers: { origin: product.url },
    data: { userId: await idOf(page), role: 'user' },
  });
  expect(answer.ok()).toBe(true);
  await expect(page.getByText('You are not an administrator any more.')).toBeVisible();
  await expect(page).toHaveURL(/\/rooms$/);
});

test('who acts as somebody else sees it on every page, and goes back from a room', async ({ signUp, product }) => {
  const bob = await signUp('Bob');
  await createBoard(bob, 'Of Bob');
  const { page } = await signUpAdministrator(product, signUp);
  await page.goto(`/admin/users/${await idOf(bob.page)}`);
  await page.getByRole('button', { name: /^Act as/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Act as this person' }).click();

  const banner = page.getByRole('complementary', { name: 'You act as somebody else' });
  await expect(banner).toContainText(/You act as Bob until \d/);
  await expectNoHits(page);
  await expect(page).toHaveURL(/\/rooms$/);
  await page.goto('/admin');
  await expect(heading(page)).toHaveText('Rooms');
  await page.goto('/settings/tokens');
  await expect(page.getByText('Only Bob can open this')).toBeVisible();
  await expect(page).toHaveURL(/\/settings$/);

  await page.goto('/rooms');
  await page.getByText('Of Bob').first().click();
  await canvasOf(page);
  const [above, board] = [await banner.boundingBox(), await page.getByRole('main').boundingBox()];
  expect(board?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
  expect((board?.y ?? 0) + (board?.height ?? 0)).toBeCloseTo(800, 0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(800);

  await page.getByRole('button', { name: 'Go back to your own account' }).press('Enter');
  await expect(heading(page)).toHaveText('Bob');
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]+$/);
  await expect(banner).toHaveCount(0);
  await page.goto('/rooms');
  await expect(page.getByRole('link', { name: 'Settings of Ada' })).toBeVisible();
  await expect(page.getByText('Of Bob')).toHaveCount(0);
});

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** What the page asks for from now on, and its sockets from its beginning. */
async function watch(page: Page) {
  const sockets: WebSocket[] = [];
  page.on('websocket', (socket) => sockets.push(socket));
  // The room has opened its own before anybody listened.
  if ((await page.locator('canvas.interactive').count()) > 0) {
    await page.reload();
    await canvasOf(page);
    await expect.poll(() => sockets.length).toBe(1);
  }
  const documents: string[] = [];
  page.on('request', (request) => request.resourceType() === 'document' && documents.push(request.url()));
  return { documents, sockets };
}

async function prove(page: Page): Promise<void> {
  await page.getByRole('dialog').getByLabel('Your password').fill('correct horse battery');
  await page.keyboard.press('Enter');
}

async function signUpAdministrator(product: Product, signUp: (name: string) => Promise<Visitor>): Promise<Visitor> {
  const ada = await signUp('Ada');
  await setRole(product, await addressOf(ada.page), 'admin');
  return ada;
}

async function idOf(page: Page): Promise<string> {
  const answer = await page.request.get('/trpc/auth.me');
  return (await answer.json()).result.data.user.id;
}

async function expectNoHits(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
