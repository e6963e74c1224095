import { findAssets } from '../assets.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database.ts';
import type { EmbeddedBackend } from '../embedded/backend.ts';
import { openMemory } from '../embedded/open.ts';
import { databaseOn } from '../open-database.ts';
import { openPostgres } from '../postgres/backend.ts';
import { cachedImage } from './image.ts';
import { isOnServer, serverUrl } from './server-url.ts';
import { createEmpty, createFromTemplate } from './template.ts';

/** A database of the test's own: migrated, empty, and gone (or empty again) when disposed of. */
export interface TestDatabase extends Database, AsyncDisposable {
  /** Runs SQL as the owner, outside every scope. */
  asOwner(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/**
 * Use it with `await using`. Embedded and in memory; on a real server when `TEST_DATABASE_URL` names one: a superuser's
 * address, with which a database is made whose owner is none.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  return isOnServer() ? await openOnServer(serverUrl()) : await openEmbedded();
}

/** Only where `isOnServer()`: an address of an empty database, for a test that stands between a program and its database. */
export async function createServerDatabase(): Promise<AsyncDisposable & { readonly url: string }> {
  const { url, drop } = await createEmpty(serverUrl());
  return { url, [Symbol.asyncDispose]: drop };
}

/** Emptied ones wait here for the next test of this process: starting one costs half a second, emptying it 10 ms. */
const idle: EmbeddedBackend[] = [];

async function openEmbedded(): Promise<TestDatabase> {
  const assets = findAssets();
  const backend = idle.pop() ?? (await openMemory(assets.workerUrl, await cachedImage('migrated', assets)));
  backend.thread.ref();
  return testDatabase(backend, async () => {
    await empty(backend);
    backend.forgetListeners();
    backend.thread.unref();
    idle.push(backend);
  });
}

async function openOnServer(url: string): Promise<TestDatabase> {
  const created = await createFromTemplate(url, findAssets());
  const backend = await openPostgres(created.url);
  return testDatabase(backend, async () => {
    await backend.close();
    await created.drop();
  });
}

function testDatabase(backend: Backend, dispose: () => Promise<void>): TestDatabase {
  let isDisposed = false;
  const once = async (): Promise<void> => {
    if (isDisposed) return;
    isDisposed = true;
    await dispose();
  };
  return {
    ...databaseOn(backend),
    asOwner: async (text, values) => {
      const { query, release } = await backend.owner();
      return await query(text, values).finally(release);
    },
    close: once,
    [Symbol.asyncDispose]: once,
  };
}

async function empty(backend: Backend): Promise<void> {
  const { script, release } = await backend.owner();
  const tables =
    'users, credentials, sessions, mail_links, totp_secrets, recovery_codes, passkeys, passkey_challenges, identities, ' +
    'api_tokens, signing_keys, setup_links, audit_events, rooms, room_members, invites, access_requests, room_batch, room_snapshot';
  // Nobody but the owner of the tables can do this, and only on purpose.
  const guard = (word: string) => `alter table audit_events ${word} trigger stays_whole`;
  await script(`${guard('disable')}; truncate ${tables}; ${guard('enable')}`).finally(release);
}
