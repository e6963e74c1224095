import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { takeOtherWaysIn } from './change-users.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf } from './mail.ts';
import { totp } from '@atrium/testkit';

const password = 'correct horse battery';

test('a second factor, from its QR code to a sign-in with a recovery code', async ({ signUp }) => {
  const ada = await signUp('Ada');
  const { page } = ada;
  const email = await openSettings(page);
  await page.getByRole('region', { name: 'Second factor' }).getByRole('button', { name: 'Turn on' }).click();
  const setup = page.getByRole('alertdialog', { name: 'Set up your app' });
  await expect(setup.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  await expectNoHits(page);
  const secret = await setup.locator('code').innerText();
  await setup.getByLabel('Code from the app').fill(totp(secret, Date.now()));
  await page.keyboard.press('Enter');
  const codes = page.getByRole('alertdialog', { name: 'Your recovery codes' });
  await expect(codes.getByRole('listitem')).toHaveCount(10);
  await expectNoHits(page);
  const recovery = await codes.getByRole('listitem').first().innerText();
  await codes.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();

  await signOut(page);
  await signInByPassword(page, email);
  const code = page.getByLabel('Code from the app');
  await expect(code).toBeFocused();
  await expectNoHits(page);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(password);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This code is not right');
  // The code of the step after this one: that of this step turned the factor on.
  await code.fill(totp(secret, Date.now() + 30_000));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();

  await openSettings(page);
  await signOut(page);
  await signInByPassword(page, email);
  await page.getByRole('button', { name: /Use a recovery code/ }).click();
  await page.getByLabel('Recovery code').fill(recovery.toUpperCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  await openSettings(page);
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
});

test('a passkey: made, named, used by the button and in the field, removed, and kept when it is the last way in', async ({
  signUp,
  product,
}) => {
  const ada = await signUp('Ada');
  const { page } = ada;
  await plugIn(ada);
  await openSettings(page);
  const section = page.getByRole('region', { name: 'Passkeys' });
  await section.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog', { name: 'Your passkey is ready' }).getByLabel('Name').fill('Laptop');
  await page.keyboard.press('Enter');
  await expect(section.getByRole('listitem')).toContainText('Laptop');
  await expectNoHits(page);

  await signOut(page);
  await offerInField(page, false);
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toHaveAttribute('autocomplete', 'username webauthn');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();

  await openSettings(page);
  await expect(section.getByRole('listitem')).toContainText('last used');
  await signOut(page);
  await offerInField(page, true);
  // Nothing is pressed: the virtual authenticator answers what the page offers in the field.
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();

  await openSettings(page);
  // As if the sign-in were long ago: the passkey itself shows that it is still the same person.
  await page.route('**/trpc/account.passkeys.remove', (route) => route.fulfill(wantsProof), { times: 1 });
  await section.getByRole('button', { name: 'Remove Laptop' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  const proof = page.getByRole('dialog', { name: 'Is it you?' });
  await proof.getByRole('button', { name: 'Use a passkey' }).click();
  await expectNoHits(page);
  await proof.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(section.getByRole('listitem')).toHaveCount(0);

  await section.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog', { name: 'Your passkey is ready' }).getByRole('button', { name: 'Save name' }).click();
  // The server is stopped in the next step: what the dialog asked for has been answered before.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  await takeOtherWaysIn(product);
  await section.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('alert')).toContainText('This is the last way to sign in to this account.');
});

const wantsProof = {
  status: 403,
  json: {
    error: {
      message: 'Confirm.',
      code: -32_003,
      data: { code: 'FORBIDDEN', httpStatus: 403, reason: 'SUDO_REQUIRED' },
    },
  },
};

async function openSettings(page: Page): Promise<string> {
  await page.goto('/settings/sign-in');
  return addressOf(page);
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out', exact: true }).last().click();
  await expect(page).toHaveURL(/\/$/);
}

async function signInByPassword(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Whether the browser says, from the next page on, that it can offer passkeys in a field. */
async function offerInField(page: Page, isOffered: boolean): Promise<void> {
  await page.addInitScript((isAvailable) => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(isAvailable);
  }, isOffered);
}

/** An authenticator inside the browser, which verifies its person. */
async function plugIn({ context, page }: Visitor): Promise<void> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function expectNoHits(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
