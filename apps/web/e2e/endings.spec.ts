import { canvasOf, createBoard } from './board.ts';
import { expect, test } from './fixtures.ts';
import { Product } from './product.ts';

test('signing out in one tab silences the other, which says why and leads back', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Left open');
  const room = new URL(ada.page.url()).pathname;
  const other = await ada.context.newPage();
  await other.goto('/settings');
  await other.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(other).toHaveURL(/\/(sign-in.*)?$/);
  await expect(ada.page.getByText(/signed out/i).first()).toBeVisible();
  await ada.page
    .getByRole('main')
    .getByRole('link', { name: /sign in/i })
    .first()
    .click();
  await expect(ada.page).toHaveURL(new RegExp(`sign-in\\?next=${encodeURIComponent(room)}`));
});

test('a device that is revoked in the settings stops at once', async ({ signUp, visit }) => {
  const ada = await signUp('Ada');
  await ada.page.goto('/settings');
  const email = await ada.page
    .getByText(/@example\.org/)
    .first()
    .innerText();
  await ada.page.goto('/settings/devices');
  const phone = await visit('Ada on the phone', { viewport: { width: 390, height: 844 } });
  await phone.page.goto('/sign-in');
  await phone.page.getByLabel('Email').fill(/\S+@example\.org/.exec(email)?.[0] ?? '');
  await phone.page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(phone.page).toHaveURL(/\/rooms$/);
  await createBoard(phone, 'On the phone');

  await ada.page.reload();
  await expect(ada.page.getByText('On the phone').first()).toBeVisible();
  await ada.page
    .getByRole('button', { name: /^Sign out (of )?(Chrome|Chromium)/ })
    .first()
    .click();
  await expect(phone.page.getByText(/signed out/i).first()).toBeVisible();
});

test('a room that is deleted says so to whoever is in it', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Short lived');
  const other = await ada.context.newPage();
  await other.goto('/rooms');
  await other.getByRole('button', { name: 'Actions for Short lived' }).click();
  await other.getByRole('menuitem', { name: /delete/i }).click();
  await other
    .getByRole('alertdialog')
    .or(other.getByRole('dialog'))
    .getByRole('button', { name: /delete/i })
    .click();
  await expect(ada.page.getByText(/deleted/i).first()).toBeVisible();
  await expect(other.getByText('Short lived')).toHaveCount(0);
});

test('a session that runs out says why, and leads back', async ({ browser }) => {
  await using short = await Product.start({ SESSION_ABSOLUTE: '5s' });
  const page = await browser.newPage({ baseURL: short.url });
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Start drawing' }).click();
  await canvasOf(page);
  await expect(page.getByText('Your session has expired').first()).toBeVisible();
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /sign in/i })
      .first(),
  ).toBeVisible();
  await page.close();
});
