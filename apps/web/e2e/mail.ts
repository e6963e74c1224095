import { expect, type Page } from '@playwright/test';

/** The address in the first link of the mail that `ask` causes, without its origin. */
export async function mailedLink(page: Page, email: string, ask: () => Promise<void>): Promise<string> {
  const links = async (): Promise<readonly string[]> => {
    const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(email)}`);
    const mails = (await answer.json()) as readonly { readonly links: readonly string[] }[];
    return mails.flatMap((mail) => mail.links[0] ?? []);
  };
  const before = new Set(await links());
  await ask();
  let found = '';
  await expect(async () => {
    found = (await links()).find((link) => link.includes('#') && !before.has(link)) ?? '';
    expect(found).not.toBe('');
  }).toPass({ intervals: [20, 50, 100] });
  return found.slice(new URL(found).origin.length);
}

/** Whose account this page is signed in to. */
export async function addressOf(page: Page): Promise<string> {
  const answer = await page.request.get('/trpc/auth.me');
  return (await answer.json()).result.data.user.email;
}
