import { createRequire } from 'node:module';
import type { Product } from './product.ts';

interface Engine {
  exec(text: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Leaves to everybody who has signed up so far no way in but a passkey. */
export async function takeOtherWaysIn(product: Product): Promise<void> {
  await change(product, 'update users set confirmed_at = null; delete from credentials');
}

/** From now on this account is an administrator, or is none any more. */
export async function setRole(product: Product, email: string, role: 'user' | 'admin'): Promise<void> {
  await change(product, `update users set role = '${role}' where email = '${email}'`);
}

export async function makeAdmin(product: Product, email: string): Promise<void> {
  await setRole(product, email, 'admin');
}

/** From now on this account is an administrator, and nobody else is. */
export async function makeOnlyAdmin(product: Product, email: string): Promise<void> {
  await change(product, `update users set role = case when email = '${email}' then 'admin' else 'user' end`);
}

/** As the owner of the database, while the server is away. */
async function change(product: Product, text: string): Promise<void> {
  await product.whileAway(async (folder) => {
    const { PGlite } = createRequire(new URL('../../../packages/db/package.json', import.meta.url))(
      '@electric-sql/pglite',
    ) as { PGlite: { create(folder: string): Promise<Engine> } };
    const engine = await PGlite.create(folder);
    await engine.exec(text);
    await engine.close();
  });
}
