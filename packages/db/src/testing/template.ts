import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Assets } from '../assets.ts';
import { migrate } from '../migration/migrate.ts';
import { openPostgres } from '../postgres/backend.ts';
import { fingerprint } from './image.ts';

/** Two processes must not make the template at once. */
const lockKey = 7_246_083_312;

const owner = 'atrium_test';

export interface ServerDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A fresh copy of the migrated template, made first when this server has none. */
export async function createFromTemplate(adminUrl: string, assets: Assets): Promise<ServerDatabase> {
  const template = nameOf(assets);
  return await create(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [lockKey]);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(admin, adminUrl, assets);
    return template;
  });
}

/** A database without a schema. */
export async function createEmpty(adminUrl: string): Promise<ServerDatabase> {
  return await create(adminUrl, async (admin) => {
    await makeOwner(admin);
    return 'template0';
  });
}

async function create(adminUrl: string, prepare: (admin: Client) => Promise<string>): Promise<ServerDatabase> {
  const name = `atrium_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, async (admin) => {
    const template = await prepare(admin);
    await admin.query(`create database ${name} template ${template} owner ${owner}`);
  });
  const drop = async (): Promise<void> => {
    await asAdmin(adminUrl, async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`)));
  };
  return { url: asOwnerOf(adminUrl, name), drop };
}

const nameOf = (assets: Assets): string => `atrium_template_${fingerprint(assets)}`;

/** Under another name until it is complete. */
async function makeTemplate(admin: Client, adminUrl: string, assets: Assets): Promise<void> {
  const template = nameOf(assets);
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft}`);
  await makeOwner(admin);
  await admin.query(`create database ${draft} owner ${owner}`);
  const backend = await openPostgres(asOwnerOf(adminUrl, draft));
  try {
    const connection = await backend.owner();
    await migrate(connection, assets.migrationsFolder).finally(() => connection.release());
  } finally {
    await backend.close();
  }
  await admin.query(`alter database ${draft} rename to ${template}`);
}

async function asAdmin(url: string, run: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    await run(admin);
  } finally {
    await admin.end();
  }
}

/** No superuser: policies do not hold for one, and an installation should not need one. */
async function makeOwner(admin: Client): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [owner]);
  if (rowCount !== 0) return;
  await admin
    .query(`create role ${owner} login nosuperuser createrole password '${owner}'`)
    // Another process was faster.
    .catch(() => {});
}

function asOwnerOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = owner;
  url.password = owner;
  url.pathname = `/${database}`;
  return url.href;
}
