import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { OwnerConnection } from '../backend.ts';

/** Any number, but the same one in every process of every version. */
const lockKey = 7_246_083_311;

/**
 * Brings the schema up to date: all missing files in one transaction, one process at a time. Files that are newer
 * than this code are left alone, so that the old version keeps running while the new one is rolled out.
 * Returns the number of files applied.
 */
export async function migrate(connection: OwnerConnection, folder: string): Promise<number> {
  await connection.query('select pg_advisory_lock($1)', [lockKey]);
  try {
    await connection.script(`
      create schema if not exists drizzle;
      create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    `);
    const rows = await connection.query('select created_at from drizzle.__drizzle_migrations');
    const applied = new Set(rows.map((row) => Number(row['created_at'])));
    const missing = readMigrationFiles({ migrationsFolder: folder }).filter(
      (migration) => !applied.has(migration.folderMillis),
    );
    if (missing.length > 0) await apply(connection, missing);
    return missing.length;
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [lockKey]);
  }
}

async function apply(connection: OwnerConnection, missing: ReturnType<typeof readMigrationFiles>): Promise<void> {
  await connection.script('begin');
  try {
    for (const migration of missing) {
      for (const statements of migration.sql) await connection.script(statements);
      await connection.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
        migration.hash,
        migration.folderMillis,
      ]);
    }
    await connection.script('commit');
  } catch (error) {
    await connection.script('rollback');
    throw error;
  }
}
