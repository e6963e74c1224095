import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { accept, createBoard, inviteLink } from './board.ts';
import { makeAdmin } from './change-users.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf } from './mail.ts';
import type { Product } from './product.ts';

/** The parts of the control panel that only look: the log, the limits, the invitations, and who may do what. */

async function asAdmin(visitor: Visitor, product: Product): Promise<Page> {
  await makeAdmin(product, await addressOf(visitor.page));
  await visitor.page.reload();
  return visitor.page;
}

async function expectNoHits(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}

/** Types into a field that finds somebody or something, and takes what is found. */
async function choose(page: Page, label: 'Person' | 'Room', [text, name]: readonly [string, string]): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(text);
  await page
    .getByRole('list', { name: `${label}: found` })
    .getByRole('button', { name })
    .click();
  await expect(page.getByRole('button', { name: `Another ${label.toLowerCase()}` })).toBeFocused();
}

test('the log shows what was just refused to whom, and is taken out as a file', async ({ product, signUp }) => {
  const page = await asAdmin(await signUp('Ada Auditor'), product);
  const bob = await signUp('Bob Curious');
  await createBoard(bob, 'Not for Cleo');
  const roomId = bob.page.url().slice(-36);
  const cleo = await signUp('Cleo Curious');
  const headers = { origin: product.url };
  const rename = { headers, data: { roomId, title: 'Mine' } };
  expect((await cleo.context.request.post('/trpc/rooms.rename', rename)).status()).toBe(404);

  await page.goto('/admin/audit');
  const events = page.getByRole('list', { name: 'Events' });
  await expect(events.getByRole('listitem').first()).toBeVisible();
  await expectNoHits(page);
  await page.getByRole('radio', { name: 'Denials' }).check();
  const denial = events.getByRole('listitem').filter({ hasText: 'Cleo Curious' }).first();
  await expect(denial).toContainText('rooms.rename');
  await expect(denial).toContainText('NOT_FOUND');

  // By person, and with a result that no denial has.
  await choose(page, 'Person', [await addressOf(cleo.page), 'Cleo Curious']);
  await expect(events.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('radio', { name: 'Done', exact: true }).check();
  await expect(page.getByRole('heading', { name: 'Nothing like that happened' })).toBeVisible();
  await page.getByRole('radio', { name: 'Everything' }).check();
  await expect(events).toContainText('Created an account.');
  await expectNoHits(page);

  // By room and by day.
  await page.getByRole('button', { name: 'Another person' }).click();
  await expect(page.getByRole('textbox', { name: 'Person' })).toBeFocused();
  await choose(page, 'Room', [roomId, 'Not for Cleo']);
  await page.getByRole('radio', { name: 'Refused', exact: true }).check();
  await expect(events.getByRole('listitem')).toHaveCount(1);
  await page.getByLabel('To', { exact: true }).fill('2020-01-31');
  await expect(page.getByRole('heading', { name: 'Nothing like that happened' })).toBeVisible();
  await page.getByLabel('From', { exact: true }).fill('2020-02-01');
  await expect(page.getByText('It ends before it begins.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByRole('radio', { name: 'Denials' }).check();
  await expect(denial).toBeVisible();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^atrium-audit-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split(/\r?\n/);
  expect(lines[0]).toMatch(/^id,at,action,result/);
  expect(lines.slice(1).every((line) => line.includes('denied'))).toBe(true);
  expect(lines.some((line) => line.includes('Cleo Curious') && line.includes('rooms.rename'))).toBe(true);
  await page.getByRole('radio', { name: 'Administration' }).check();
  await expect(events.getByRole('listitem').first()).toContainText('audit log');
});

test('the simulator says what a viewer and an owner may, and which rule says so', async ({ product, signUp }) => {
  const page = await asAdmin(await signUp('Ada Asker'), product);
  const bob = await signUp('Bob Owner');
  await createBoard(bob, 'Who may what');
  const roomId = bob.page.url().slice(-36);
  const cleo = await signUp('Cleo Viewer');
  await accept(cleo, await inviteLink(bob, 'viewer'));

  await page.goto('/admin/simulator');
  await expect(page.getByRole('button', { name: 'May they?' })).toBeDisabled();
  await choose(page, 'Person', [await addressOf(cleo.page), 'Cleo Viewer']);
  await choose(page, 'Room', [roomId, 'Who may what']);
  await page.getByRole('button', { name: 'May they?' }).click();
  const verdict = page.getByRole('region', { name: /^(Yes|No)/ });
  await expect(verdict).toContainText('Cleo Viewer calls rooms.rename in “Who may what”');
  await expect(verdict.getByRole('heading')).toHaveText(/^No, because .*Your role does not allow this/);
  await expect(verdict.getByRole('heading')).toBeFocused();
  const rules = verdict.getByRole('listitem');
  await expect(rules.filter({ hasText: 'Is at least owner' })).toContainText('does not hold');
  await expect(rules.filter({ hasText: 'The room is not archived' })).toContainText('not looked at');
  await expectNoHits(page);

  await page.getByRole('button', { name: 'Another person' }).click();
  await choose(page, 'Person', [await addressOf(bob.page), 'Bob Owner']);
  await page.getByRole('button', { name: 'May they?' }).click();
  await expect(verdict.getByRole('heading')).toHaveText('Yes, every rule holds.');

  await page.getByRole('combobox', { name: 'Procedure' }).selectOption('admin.users');
  await expect(page.getByRole('button', { name: 'Another room' })).toHaveCount(0);
  await page.getByRole('button', { name: 'May they?' }).click();
  await expect(verdict.getByRole('heading')).toHaveText(/^No, because .*Only administrators/);
});

test('an invitation is taken back with whoever is in by it, and who is held back may try again', async ({
  product,
  signUp,
  visit,
}) => {
  const page = await asAdmin(await signUp('Ada Lifter'), product);
  const bob = await signUp('Bob Host');
  await createBoard(bob, 'By invitation');
  const cleo = await signUp('Cleo Guest');
  await accept(cleo, await inviteLink(bob, 'viewer'));

  await page.goto('/admin/invites');
  const invite = page
    .getByRole('list', { name: 'Invitations' })
    .getByRole('listitem')
    .filter({ hasText: 'By invitation' });
  await expect(invite).toContainText('Can view · a link · by Bob Host');
  await expect(invite).toContainText('1 person came in');
  await expect(invite).toContainText('Open');
  await expectNoHits(page);
  await invite.getByRole('button', { name: 'Revoke the invitation to By invitation' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(cleo.page.getByRole('heading', { level: 1 })).toHaveText('Your link was taken back');
  await expect(invite).toHaveCount(0);

  const email = await addressOf(bob.page);
  const stranger = await visit('Stranger');
  const headers = { origin: product.url };
  const guess = { headers, data: { email, password: 'not the right one' } };
  let status = 0;
  for (let n = 0; n < 12; n += 1) status = (await stranger.context.request.post('/trpc/auth.login', guess)).status();
  expect(status).toBe(429);
  await page.goto('/admin/limits');
  const limits = page.getByRole('list', { name: 'Limits' }).locator('> li');
  const limit = limits.filter({ hasText: 'Attempts to sign in to one account from one network' });
  await expect(limit).toContainText('At most 10 in');
  await expect(limit).toContainText(email);
  await expectNoHits(page);
  await limit.getByRole('button', { name: /^Lift the limit for .*/ }).click();
  await expect(limit).not.toContainText(email);
  expect((await stranger.context.request.post('/trpc/auth.login', guess)).status()).toBe(401);
});
