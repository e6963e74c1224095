import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { Product } from './product.ts';

/** Somebody with a browser profile of their own. */
export interface Visitor {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

export interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Complaints that the test provokes. */
  readonly expects?: RegExp;
}

interface Fixtures {
  /** Opens a browser profile at the landing page; whatever its console or the network complains about fails the test. */
  readonly visit: (name: string, look?: Look) => Promise<Visitor>;
  /** The same, signed up through the form and with a confirmed address. */
  readonly signUp: (name: string, look?: Look) => Promise<Visitor>;
}

export const test = base.extend<Fixtures, { product: Product }>({
  product: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using product = await Product.start();
      await use(product);
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  visit: async ({ browser, product }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (name, look = {}) => {
      const visitor = await openProfile(browser, product, { name, look, complaints });
      contexts.push(visitor.context);
      return visitor;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },

  signUp: async ({ visit }, use) => {
    await use(async (name, look) => {
      const visitor = await visit(name, look);
      const { page } = visitor;
      await page.goto('/sign-up');
      await page.getByLabel('Name').fill(name);
      const email = `${randomUUID()}@example.org`;
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
      await page.getByRole('button', { name: 'Create account' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
      await confirmAddress(visitor, email);
      return visitor;
    });
  },
});

export { expect };

/** With the link of the mail, and past its page: a test of that page opens it itself. */
async function confirmAddress({ page, context }: Visitor, email: string): Promise<void> {
  const { origin } = new URL(page.url());
  let token: string | undefined;
  await expect(async () => {
    const mails = await (await context.request.get(`${origin}/dev/mailbox.json?to=${email}`)).json();
    token = mails[0]?.links[0]?.split('#')[1];
    expect(token).toBeDefined();
  }).toPass({ intervals: [20, 50, 100] });
  const answer = await context.request.post(`${origin}/trpc/auth.confirmEmail`, {
    headers: { origin },
    data: { token },
  });
  expect(answer.ok()).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
}

interface Profile {
  readonly name: string;
  readonly look: Look;
  readonly complaints: string[];
}

async function openProfile(browser: Browser, product: Product, { name, look, complaints }: Profile): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: product.url,
    colorScheme: look.colorScheme ?? 'light',
    viewport: look.viewport ?? { width: 1280, height: 800 },
  });
  const complain = (text: string) => look.expects?.test(text) || complaints.push(`${name}: ${text}`);
  context.on('weberror', ({ error }) => complain(error().message));
  context.on('console', (message) => {
    // The browser itself tells of a server that is away or starting, and of a refused sign-in; the page handles each.
    const isExpected = /WebSocket connection|status of (4\d\d|503)|ERR_CONNECTION_REFUSED/.test(message.text());
    if (message.type() === 'error' && !isExpected) complain(message.text());
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== product.url) complaints.push(`${name} asked ${origin}`);
  });
  return { name, context, page: await context.newPage() };
}
