import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createBoard, draw } from './board.ts';
import { expect, test } from './fixtures.ts';

/** Every page, light and dark, wide and narrow: no accessibility hit, nothing wider than the screen. */

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

/** Built from the same parts as others: seen once in each theme and once in each width. */
const morePublic = [
  ['/forgot-password', 'forgot-password'],
  ['/magic-link', 'magic-link'],
  ['/confirm', 'confirm'],
  ['/signed-out?reason=theft', 'signed-out'],
  ['/setup', 'setup'],
] as const;
const moreSettings = [
  ['', 'settings'],
  ['/sign-in', 'settings-sign-in'],
  ['/tokens', 'settings-tokens'],
  ['/activity', 'settings-activity'],
  ['/data', 'settings-data'],
] as const;

for (const look of looks) {
  const hasAll = (look.colorScheme === 'light') === (look.viewport.width === 1280);
  const name = `${look.colorScheme}-${look.viewport.width}`;

  test(`public pages, ${name}`, async ({ visit }) => {
    const { page } = await visit('Visitor', look);
    for (const [path, file] of [
      ['/', 'landing'],
      ['/sign-up', 'sign-up'],
      ['/sign-in', 'sign-in'],
      ['/invite#nothing', 'invite'],
      ['/look/00000000-0000-4000-8000-000000000000', 'look'],
      ['/no/such/page', 'not-found'],
      ...(hasAll ? morePublic : []),
    ] as const) {
      await page.goto(path);
      await inspect(page, `${file}-${name}`);
    }
  });

  test(`pages behind the sign-in, ${name}`, async ({ signUp }) => {
    const ada = await signUp('Ada Lovelace', look);
    await inspect(ada.page, `rooms-empty-${name}`);
    await createBoard(ada, 'Launch plan');
    const middle = look.viewport.width / 2;
    await draw(ada.page, 'rectangle', [
      { x: middle - 80, y: 300 },
      { x: middle + 100, y: 420 },
    ]);
    await inspect(ada.page, `room-${name}`);
    await ada.page.getByRole('button', { name: 'Share' }).click();
    await ada.page.getByRole('dialog', { name: 'Share this room' }).waitFor();
    await inspect(ada.page, `share-${name}`);
    await ada.page.getByRole('link', { name: 'Open as a page' }).click();
    await ada.page.getByRole('list', { name: 'People with access' }).waitFor();
    await inspect(ada.page, `members-${name}`);
    await ada.page.goto('/rooms');
    await ada.page.getByText('Launch plan').first().waitFor();
    await inspect(ada.page, `rooms-${name}`);
    for (const [path, file] of [['/devices', 'settings-devices'], ...(hasAll ? moreSettings : [])] as const) {
      await ada.page.goto(`/settings${path}`);
      await inspect(ada.page, `${file}-${name}`);
    }
  });
}

async function inspect(page: Page, file: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle').catch(() => {});
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await page.screenshot({ path: `test-results/screenshots/${file}.png` });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${file} is wider than the screen`).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const hits = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(hits, file).toEqual([]);
}
