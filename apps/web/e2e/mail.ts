import { expect, type Page } from '@playwright/test';

/** The first link of each mail to this address, newest first. */
export async function linksTo(page: Page, email: string): Promise<readonly string[]> {
  const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(email)}`);
  const mails = (await answer.json()) as readonly { readonly links: readonly string[] }[];
  return mails.flatMap((mail) => mail.links[0] ?? []);
}

/** The address in the first link of the mail that `ask` causes, without its origin. */
export async function mailedLink(page: Page, email: string, ask: () => Promise<void>): Promise<string> {
  const before = new Set(await linksTo(page, email));
  await ask();
  let found = '';
  await expect(async () => {
    found = (await linksTo(page, email)).find((link) => link.includes('#') && !before.has(link)) ?? '';
    expect(found).not.toBe('');
  }).toPass({ intervals: [20, 50, 100] });
  return found.slice(new URL(found).origin.length);
}

/** Whose account this page is signed in to. */
export async function addressOf(page: Page): Promise<string> {
  const answer = await page.request.get('/trpc/auth.me');
  return (await answer.json()).result.data.user.email;
}
