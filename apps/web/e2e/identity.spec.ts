import type { BrowserContext, Route } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { createBoard } from './board.ts';
import { expect, test } from './fixtures.ts';
import { addressOf, mailedLink } from './mail.ts';

/** What the pages of identity make of the server's answers, which are given here: the server's own tests are elsewhere. */

const answer = (data: unknown) => ({ json: { result: { data } } });

function refusal(reason: string, status: number) {
  const message = `Refused: ${reason}`;
  return {
    status,
    json: { error: { message, code: -32_001, data: { code: 'FORBIDDEN', httpStatus: status, reason } } },
  };
}

async function onCall(context: BrowserContext, path: string, respond: (route: Route) => Promise<void>): Promise<void> {
  await context.route((url) => url.pathname === `/trpc/${path}`, respond);
}

test('a delicate change asks who is there, keeps what was typed, and is repeated once it was shown', async ({
  signUp,
}) => {
  const { page, context } = await signUp('Ada');
  let isProved = false;
  let changes = 0;
  await onCall(context, 'account.changePassword', (route) => {
    changes += 1;
    return route.fulfill(isProved ? answer({}) : refusal('SUDO_REQUIRED', 403));
  });
  await onCall(context, 'auth.reauthenticate', async (route) => {
    isProved = route.request().postDataJSON().password === 'right';
    if (!isProved) return route.fulfill(refusal('BAD_CREDENTIALS', 401));
    const me = await context.request.get(new URL('/trpc/auth.me', page.url()).href);
    return route.fulfill({ json: await me.json() });
  });
  await page.goto('/settings/sign-in');
  const field = page.getByLabel('New password');
  await field.fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(dialog.getByLabel('Your password')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('alert')).toContainText('Refused: SUDO_REQUIRED');
  await expect(field).toHaveValue('correct horse battery staple');

  await field.press('Enter');
  await dialog.getByLabel('Your password').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeFocused();
  await dialog.getByLabel('Your password').fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The new password holds')).toBeVisible();
  expect(changes).toBe(3);
  await expect(dialog).toHaveCount(0);
  await expect(field).toBeFocused();
});

test('from a registration to a sign-in by mail: links confirm and sign in once, and leave the address bar', async ({
  visit,
}) => {
  const { page, context } = await visit('Mira');
  const email = `${randomUUID()}@example.org`;
  await page.goto('/sign-up');
  const link = await mailedLink(page, email, async () => {
    await page.getByLabel('Name').fill('Mira');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  });
  await expect(page.getByText(/confirm/i).first()).toBeVisible();
  await page.goto(link);
  await expect(page.getByText(`Is ${email} yours?`)).toBeVisible();
  await expect(page).toHaveURL(/\/confirm$/);
  await page.reload();
  await page.getByRole('button', { name: 'Yes, confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();

  await context.clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Mail me a link instead' }).click();
  const magic = await mailedLink(page, email, async () => {
    await page.getByLabel('Email').fill(email);
    await page.keyboard.press('Enter');
    await expect(page.getByText(/on its way/)).toBeVisible();
  });
  await page.goto(magic);
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  await page.goto('/');
  await page.goto(magic);
  await expect(page.getByRole('button', { name: 'Mail me a new link' })).toBeVisible();
});

test('a new password by mail: the other browser is told why it is out', async ({ signUp, visit }) => {
  const ada = await signUp('Ada');
  const email = await addressOf(ada.page);
  await ada.page.goto('/rooms');
  const stranger = await visit('Ada elsewhere');
  await stranger.page.goto('/forgot-password');
  const link = await mailedLink(stranger.page, email, async () => {
    await stranger.page.getByLabel('Email').fill(email);
    await stranger.page.keyboard.press('Enter');
    await expect(stranger.page.getByText(/on its way/)).toBeVisible();
  });
  await createBoard(ada, 'Still drawing');
  await stranger.page.goto(link);
  await stranger.page.getByLabel('New password').fill('another horse battery');
  await stranger.page.keyboard.press('Enter');
  await expect(ada.page.getByRole('heading', { name: 'The password was changed' })).toBeVisible();
  await stranger.page.goto('/rooms');
  await expect(stranger.page.getByText('Still drawing').first()).toBeVisible();
});

test('an account that is deleted comes back by signing in', async ({ signUp }) => {
  const { page } = await signUp('Ada');
  const email = await addressOf(page);
  await page.goto('/settings/data');
  await page.getByRole('button', { name: /^Delete/ }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill('delete');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/delete/i);
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(/will not be deleted|is not deleted|stays/i).first()).toBeVisible();
});

test('a session that ends soon is told in every tab, and one click in one of them is enough', async ({ signUp }) => {
  const { page, context } = await signUp('Ada');
  let end = Date.now() + 90_000;
  await onCall(context, 'auth.me', async (route) => {
    const me = await (await route.fetch()).json();
    Object.assign(me.result.data.session, { absoluteExpiresAt: new Date(end).toISOString(), canExtend: true });
    return route.fulfill({ json: me });
  });
  await onCall(context, 'sessions.extend', (route) => {
    end += 3_600_000;
    return route.fulfill(answer({}));
  });
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto('/settings');
  const warnings = [page, other].map((tab) => tab.getByRole('complementary', { name: 'Your session ends soon' }));
  for (const warning of warnings) await expect(warning).toBeVisible();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  for (const warning of warnings) await expect(warning).toHaveCount(0);
});
