import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { makeAdmin, makeOnlyAdmin } from './change-users.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf } from './mail.ts';
import type { Product } from './product.ts';

/** Somebody's access is gone within a second, and so is what they could do. */
const atOnce = { timeout: 1_000 };

test('an administrator finds somebody by their address, disables them while they draw, and enables them', async ({
  product,
  signUp,
}) => {
  const ada = await asAdmin(await signUp('Ada Min'), product);
  const bob = await signUp('Bob Busy');
  await createBoard(bob, 'In the middle of it');
  const email = await addressOf(bob.page);
  const { page } = ada;

  await page.goto('/admin/users');
  const list = page.getByRole('list', { name: 'Users' });
  await page.getByRole('searchbox', { name: 'Search people' }).fill(email.slice(0, 20).toUpperCase());
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('listitem')).toContainText(`${email}Seen just now1 session · 1 room`);
  await expectNoHits(page);
  await page.getByRole('radio', { name: 'Disabled' }).check();
  await expect(page.getByRole('heading', { name: 'Nobody fits' })).toBeVisible();
  await expectNoHits(page);
  await page.getByRole('radio', { name: 'Everybody' }).check();
  await list.getByRole('link', { name: 'Bob Busy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bob Busy' })).toBeFocused();
  await expect(page.getByRole('list', { name: 'Devices' })).toContainText('connected now');
  await expectNoHits(page);

  await page.getByRole('button', { name: 'Disable…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Disable this account?' });
  await expect(question).toContainText('is out on every device at once');
  await expectNoHits(page);
  await question.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(bob.page.getByRole('heading', { level: 1 })).toHaveText('This account is disabled', atOnce);
  await expect(question).toBeHidden();
  await expect(page.getByText('Disabled', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('None of these gets in while the account is disabled.')).toBeVisible();
  await expectNoHits(page);
  const events = page.getByRole('list', { name: 'Recent events' });
  await expect(events.getByRole('listitem').first()).toContainText('An administrator disabled this account.');
  await expect(events.getByRole('listitem').first()).toContainText('Ada Min, about Bob Busy');

  await bob.page.goto('/sign-in');
  await signIn(bob.page, email);
  await expect(bob.page.getByRole('alert')).toBeVisible();
  await expect(bob.page).toHaveURL(/\/sign-in$/);
  await page.getByRole('button', { name: 'Enable…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Disable…' })).toBeVisible();
  await bob.page.goto('/rooms');
  await expect(bob.page.getByRole('link', { name: 'In the middle of it' })).toBeVisible();

  await page
    .getByRole('list', { name: 'Devices' })
    .getByRole('button', { name: /^Sign out/ })
    .click();
  await expect(page.getByText('They are signed in nowhere.')).toBeVisible();
  await bob.page.reload();
  await expect(bob.page).toHaveURL(/\/sign-in/);
});

test('a server keeps an administrator; one makes another, who lowers them at once', async ({ product, signUp }) => {
  const bob = await signUp('Bob Next');
  const { page } = await signUp('Ada Only');
  await makeOnlyAdmin(product, await addressOf(page));
  const role = page.getByRole('combobox', { name: /^Role of/ });
  const question = page.getByRole('alertdialog');
  await openUser(page, 'Ada Only');
  await expect(page.getByText('This is you.')).toBeVisible();
  await role.selectOption('User');
  await question.getByRole('button', { name: 'Make a user' }).click();
  await expect(question.getByRole('alert')).toHaveText(
    'A server keeps an administrator: make somebody else one first.',
  );
  await question.getByRole('button', { name: 'Leave it' }).click();
  await expect(role).toHaveValue('admin');

  await openUser(page, 'Bob Next');
  await role.selectOption('Administrator');
  await question.getByRole('button', { name: 'Make administrator' }).click();
  await expect(page.getByText('Nobody acts as an administrator.')).toBeVisible();
  await expect(role).toHaveValue('admin');

  await openUser(page, 'Ada Only');
  await role.selectOption('User');
  await question.getByRole('button', { name: 'Make a user' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  await page.goto('/admin/users');
  await expect(page).toHaveURL(/\/rooms$/);
  await bob.page.goto('/admin/users');
  await expect(bob.page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
});

test('an administrator acts as somebody, sees their rooms, and it stands in their activity', async ({
  product,
  signUp,
}) => {
  const bob = await signUp('Bob Helped');
  await createBoard(bob, 'Cannot find it');
  const ada = await asAdmin(await signUp('Ada Helper'), product);
  const { page } = ada;
  await openUser(page, 'Bob Helped');
  await page.getByRole('button', { name: 'Act as them…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Act as Bob Helped?' });
  await expect(question).toContainText('an hour at most');
  await expectNoHits(page);
  await question.getByRole('button', { name: 'Act as this person' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cannot find it' })).toBeVisible();
  await expect(page.getByText('You act as Bob Helped')).toBeVisible();
  await bob.page.goto('/settings/activity');
  await expect(bob.page.getByText('Ada Helper, an administrator, began to act as you.')).toBeVisible();
});

test('an administrator freezes a room while somebody draws in it, thaws it, gives it away and deletes it', async ({
  product,
  signUp,
}) => {
  const bob = await signUp('Bob Owner');
  await createBoard(bob, 'Heated debate');
  const cleo = await signUp('Cleo Drawing');
  await accept(cleo, await inviteLink(bob, 'editor'));
  const ada = await asAdmin(await signUp('Ada Calm'), product);
  const { page } = ada;
  await canvasOf(cleo.page);
  await draw(cleo.page, 'rectangle', box);
  await expect.poll(() => outlineOf(bob.page)).toEqual(['Rectangle']);

  await page.goto('/admin/rooms');
  await page.getByRole('searchbox', { name: 'Search rooms' }).fill('bob own');
  const list = page.getByRole('list', { name: 'Rooms' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('listitem')).toContainText('Owned by Bob Owner');
  await expect(list.getByRole('listitem')).toContainText('2 here now');
  await expectNoHits(page);
  await list.getByRole('link', { name: 'Heated debate' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Heated debate' })).toBeFocused();
  await expectNoHits(page);

  await page.getByRole('button', { name: 'Freeze…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Owners cannot lift it');
  await startStroke(cleo.page);
  await question.getByRole('button', { name: 'Freeze it' }).click();
  const told = 'An administrator has frozen this room: everything is kept, nothing changes.';
  for (const each of [bob, cleo]) {
    await expect(each.page.getByText(told)).toBeVisible();
    await expect(each.page.getByRole('radio', { name: 'Rectangle' })).toHaveCount(0);
  }
  await cleo.page.mouse.up();
  await expect(page.getByText('Frozen', { exact: true }).first()).toBeVisible();

  await page.getByRole('button', { name: 'Thaw…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Thaw it' }).click();
  await expect(bob.page.getByRole('radio', { name: 'Rectangle' })).toBeVisible();
  await expect(bob.page.getByText(told)).toBeHidden();

  await page.getByRole('button', { name: 'Choose an owner…' }).click();
  const choice = page.getByRole('dialog', { name: 'Give to another owner' });
  await expect(choice.getByRole('radio')).toHaveCount(1);
  await expectNoHits(page);
  await choice.getByRole('searchbox', { name: 'Search people' }).fill('ada calm');
  await expect(choice.getByRole('radio', { name: /^Ada Calm/ })).toBeVisible();
  await choice.getByRole('searchbox', { name: 'Search people' }).fill('');
  await choice.getByRole('radio', { name: /^Cleo Drawing/ }).check();
  await choice.getByRole('button', { name: 'Give it to Cleo Drawing' }).click();
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(people).toContainText([/Bob Owner.*Can draw/, /Cleo Drawing.*Owner/]);
  await expect(cleo.page.getByRole('button', { name: 'Share' })).toBeVisible();

  await page.getByRole('button', { name: 'Delete…' }).click();
  await question.getByRole('button', { name: 'Delete room' }).click();
  const confirmation = question.getByLabel('Type the name of the room to confirm');
  await expect(confirmation).toBeFocused();
  await expectNoHits(page);
  await confirmation.fill('heated debate');
  await page.keyboard.press('Enter');
  for (const each of [bob, cleo])
    await expect(each.page.getByRole('heading', { level: 1 })).toHaveText('This room was deleted', atOnce);
  await expect(page.getByRole('heading', { level: 1, name: 'All rooms' })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This room is gone');
});

const box = [
  { x: 320, y: 260 },
  { x: 520, y: 380 },
];

async function asAdmin(visitor: Visitor, product: Product): Promise<Visitor> {
  await makeAdmin(product, await addressOf(visitor.page));
  await visitor.page.reload();
  return visitor;
}

async function openUser(page: Page, name: string): Promise<void> {
  await page.goto('/admin/users');
  await page.getByRole('searchbox', { name: 'Search people' }).fill(name);
  await page.getByRole('list', { name: 'Users' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Is in the middle of a line, with the mouse down. */
async function startStroke(page: Page): Promise<void> {
  await page.locator('.excalidraw').first().focus();
  await page.keyboard.press('p');
  await page.mouse.move(600, 300);
  await page.mouse.down();
  await page.mouse.move(800, 400, { steps: 10 });
}

async function expectNoHits(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
