import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { mailedLink } from './mail.ts';
import { Product } from './product.ts';

test('the link that the server prints makes the first administrator, once', async ({ browser }) => {
  await using fresh = await Product.start();
  await expect.poll(() => fresh.setupLink).toContain('/setup#');
  const context = await browser.newContext({ baseURL: fresh.url });
  const page = await context.newPage();
  await page.goto('/setup');
  await expect(heading(page)).toHaveText('The link is missing');
  const link = fresh.setupLink ?? '';
  await page.goto(link);
  await expect(heading(page)).toHaveText('Set up this server');
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  const email = `${randomUUID()}@example.org`;
  const mailed = await mailedLink(page, email, async () => {
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('Confirm your address to become the administrator.')).toBeVisible();
  });
  await page.getByRole('button', { name: 'I have confirmed it' }).click();
  await expect(page.getByText('Not yet.')).toBeVisible();
  const mail = await context.newPage();
  await mail.goto(mailed);
  await mail.getByRole('button', { name: 'Yes, confirm' }).click();
  await expect(mail.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await mail.close();
  await page.getByRole('button', { name: 'I have confirmed it' }).click();
  await page.getByRole('button', { name: 'Become the administrator' }).click();
  await expect(heading(page)).toHaveText('Dashboard');
  await expect(page.getByText('You are the administrator of this server.')).toBeVisible();
  await page.goto('/setup');
  await expect(heading(page)).toHaveText('You are an administrator');

  const late = await browser.newPage({ baseURL: fresh.url });
  await late.goto(link);
  await late.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  await signUpConfirmed(late);
  await late.getByRole('button', { name: 'Become the administrator' }).click();
  await expect(late.getByRole('alert')).toContainText('This link does not work any more.');
  await late.reload();
  await late.goto('/setup');
  await expect(heading(late)).toHaveText('The link is missing');
  await late.close();
  await context.close();
});

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

async function signUpConfirmed(page: Page): Promise<void> {
  const email = `${randomUUID()}@example.org`;
  const mailed = await mailedLink(page, email, async () => {
    await page.getByLabel('Name').fill('Bob');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('Confirm your address')).toBeVisible();
  });
  const answer = await page.request.post('/trpc/auth.confirmEmail', {
    headers: { origin: new URL(page.url()).origin },
    data: { token: mailed.split('#')[1] },
  });
  expect(answer.ok()).toBe(true);
  await page.reload();
}
