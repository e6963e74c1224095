import { AxeBuilder } from '@axe-core/playwright';
import { startOpenIdIssuer } from '@atrium/testkit';
import { expect, test } from '@playwright/test';
import { Product } from './product.ts';

test('A81 A90 somebody signs in with another account, and keeps the last way in', async ({ browser }) => {
  await using issuer = await startOpenIdIssuer();
  issuer.account = { sub: 'ada', name: 'Ada' };
  const { url, clientId, clientSecret } = issuer;
  await using product = await Product.start({
    ...{ OIDC_ISSUER: url, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: 'Example' },
  });
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();

  await page.goto('/sign-in?problem=address-taken');
  await expect(page.getByRole('alert')).toHaveText(/Sign in and link it in the settings/);
  const button = page.getByRole('link', { name: 'Continue with Example' });
  await expect(button).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await button.click();
  await expect(page).toHaveURL(`${product.url}/rooms`);
  await page.goto('/settings/sign-in');
  await page.getByRole('button', { name: 'Unlink Example' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Unlink' }).click();
  await expect(dialog.getByRole('alert')).toHaveText(/last way to sign in/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('list', { name: 'Linked accounts' }).getByText('Example')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await context.close();
});
