import { and, desc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { mailLinks } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { lockUser } from '../user/lock-user.ts';
import { findUser, type User } from '../user/user.ts';

export type MailLink = typeof mailLinks.$inferSelect;
export type MailLinkPurpose = MailLink['purpose'];

export interface NewMailLink {
  /** SHA-256 (hex) of the link's token. */
  readonly tokenHash: string;
  readonly userId: string;
  readonly purpose: MailLinkPurpose;
  /** Lower case. */
  readonly email: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** How many links for one purpose to one address of one account work at a time: mails overtake each other. */
const mostAlive = 3;

/** The oldest go when there are too many, and so do those of this account that are over. System scope. */
export async function insertMailLink(tx: ScopedTx, link: NewMailLink): Promise<void> {
  await lockUser(tx, link.userId);
  await tx.insert(mailLinks).values(link);
  const { userId, purpose, email } = link;
  const alike = and(eq(mailLinks.userId, userId), eq(mailLinks.purpose, purpose), eq(mailLinks.email, email));
  const surplus = tx
    .select({ tokenHash: mailLinks.tokenHash })
    .from(mailLinks)
    .where(alike)
    .orderBy(desc(mailLinks.createdAt), mailLinks.tokenHash)
    .offset(mostAlive);
  const isOver = and(eq(mailLinks.userId, userId), lte(mailLinks.expiresAt, link.createdAt));
  await tx.delete(mailLinks).where(or(isOver, inArray(mailLinks.tokenHash, surplus)));
}

export interface MailLinkUse {
  readonly tokenHash: string;
  readonly purpose: MailLinkPurpose;
  readonly now: Date;
}

export interface OwnedMailLink {
  readonly link: MailLink;
  readonly user: User;
}

/**
 * Uses a link up: of all who try, one gets it, and null is for everybody else, for a link that is over or made for
 * something else, that was sent to an address which the account has no more, or whose account is disabled. The owner's
 * row is locked before and until the end of the transaction, so nothing of this changes meanwhile. System scope.
 */
export async function consumeMailLink(tx: ScopedTx, use: MailLinkUse): Promise<OwnedMailLink | null> {
  const rows = await tx
    .select({ userId: mailLinks.userId })
    .from(mailLinks)
    .where(eq(mailLinks.tokenHash, use.tokenHash));
  if (!rows[0] || !(await lockUser(tx, rows[0].userId))) return null;
  const owner = tx.select({ id: users.id }).from(users).where(isGoodFor(use.now));
  const used = await tx
    .delete(mailLinks)
    .where(
      and(eq(mailLinks.tokenHash, use.tokenHash), eq(mailLinks.purpose, use.purpose), inArray(mailLinks.userId, owner)),
    )
    .returning();
  const user = used[0] ? await findUser(tx, used[0].userId) : null;
  return used[0] && user ? { link: used[0], user } : null;
}

/** The same link, looked at and not used up. System scope. */
export async function findMailLink(tx: ScopedTx, tokenHash: string, now: Date): Promise<OwnedMailLink | null> {
  const rows = await tx
    .select({ link: mailLinks, user: users })
    .from(mailLinks)
    .innerJoin(users, isGoodFor(now))
    .where(eq(mailLinks.tokenHash, tokenHash));
  return rows[0] ?? null;
}

/** The user is the link's owner, may use it, and still has the address that it was sent to, if it is not a new one. */
function isGoodFor(now: Date): SQL | undefined {
  return and(
    eq(users.id, mailLinks.userId),
    isNull(users.disabledAt),
    gt(mailLinks.expiresAt, now),
    or(eq(mailLinks.purpose, 'change-email'), eq(users.email, mailLinks.email)),
  );
}

/** What was mailed before works no more; confirmations of the address do, for they open nothing. System scope. */
export async function deleteOpeningLinks(tx: ScopedTx, userId: string): Promise<void> {
  await tx.delete(mailLinks).where(and(eq(mailLinks.userId, userId), ne(mailLinks.purpose, 'confirm')));
}

/** True when somebody can sign in to this account, or act in its name, by more than a password. System scope. */
export async function hasOtherWaysIn(tx: ScopedTx, userId: string): Promise<boolean> {
  const anyOf = (table: SQL) => sql`exists (select from ${table} where user_id = ${userId}::uuid)`;
  const found = sql<boolean>`${anyOf(sql`passkeys`)} or ${anyOf(sql`identities`)} or ${anyOf(sql`api_tokens`)}
    or ${anyOf(sql`totp_secrets`)}`;
  const rows = await tx.select({ found }).from(users).where(eq(users.id, userId));
  return rows[0]?.found === true;
}
