import type { BrowserContext, Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';

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

test('the secret of a mailed link leaves the address bar, and nothing is used up before the click', async ({
  visit,
}) => {
  const { page, context } = await visit('Mira');
  const asked: string[] = [];
  await onCall(context, 'auth.previewLink', (route) => {
    const { token } = route.request().postDataJSON() as { token: string };
    asked.push(token);
    return route.fulfill(token === 'good' ? answer({ email: 'mira@example.org' }) : refusal('LINK_INVALID', 404));
  });
  const consumed: unknown[] = [];
  await onCall(context, 'auth.confirmEmail', (route) => {
    consumed.push(route.request().postDataJSON());
    return route.fulfill(answer({}));
  });
  await page.goto('/confirm#good');
  await expect(page.getByText('Is mira@example.org yours?')).toBeVisible();
  await expect(page).toHaveURL(/\/confirm$/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Yes, confirm' })).toBeVisible();
  expect([asked, consumed]).toEqual([['good', 'good'], []]);
  await page.getByRole('button', { name: 'Yes, confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  expect(consumed).toEqual([{ token: 'good' }]);
  await page.goto('/magic-link#used');
  await page.getByRole('button', { name: 'Mail me a new link' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in by mail' })).toBeVisible();
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
