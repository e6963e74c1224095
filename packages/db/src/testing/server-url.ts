/** The address of a superuser on the PostgreSQL server that the tests run on; empty: they run embedded. */
export function serverUrl(): string {
  return process.env['TEST_DATABASE_URL'] ?? '';
}

/** True when there is something to test that only a server has. */
export function isOnServer(): boolean {
  return serverUrl() !== '';
}
