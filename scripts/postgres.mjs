/** Finds or makes the PostgreSQL that the tests of the database are repeated on. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canInstallPrograms, installProgram } from './debian.mjs';
import { root } from './repository.mjs';

/** Said when there is none: the tests ran on the embedded database alone. */
export const postgresAdvice =
  'Left out the repetition on PostgreSQL: none was found. Install it, or set TEST_DATABASE_URL to one that tests may write to.';

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | null>} */
export async function providePostgres() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const script = join(root, 'packages', 'db', 'scripts', 'temporary-postgres.mjs');
  const { startTemporaryPostgres } = await import(pathToFileURL(script).href);
  const found = await startTemporaryPostgres();
  if (found !== null || !canInstallPrograms()) return found;
  return (await installProgram('postgresql')) ? startTemporaryPostgres() : null;
}
