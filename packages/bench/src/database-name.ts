/** What a run measures on: the embedded database, or the PostgreSQL server that `TEST_DATABASE_URL` names. */
export type DatabaseName = 'embedded' | 'postgresql';

export function databaseName(): DatabaseName {
  return process.env['TEST_DATABASE_URL'] ? 'postgresql' : 'embedded';
}
