import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAssets } from '../assets.ts';
import { cachedImage } from '../testing/image.ts';
import { becomeOwner, startEngine } from './engine.ts';
import { Housekeeper } from './housekeeper.ts';

let pg: PGlite;

beforeAll(async () => {
  const image = await cachedImage('migrated', findAssets());
  const engine = await startEngine(null, image, (reason) => expect.unreachable(reason));
  pg = engine.pg;
  await becomeOwner(pg);
});

afterAll(async () => await pg.close());

const eager = { checkpointAt: 0, vacuumAfter: 1, idleFor: 0 };

test('tidies up after work, one table at a time, with no more rights than the owner has', async () => {
  const housekeeper = new Housekeeper(pg, eager);
  housekeeper.sawTransaction();
  const { rows } = await pg.query(`select from pg_tables where schemaname = 'public'`);
  for (let round = 1; round <= rows.length; round += 1) {
    await housekeeper.look();
    expect(housekeeper.counters).toEqual({ checkpoints: 1, vacuums: round });
  }
  await housekeeper.look();
  expect(housekeeper.counters).toEqual({ checkpoints: 1, vacuums: rows.length });
});

test('keeps out of an open transaction', async () => {
  const housekeeper = new Housekeeper(pg, eager);
  housekeeper.sawTransaction();
  await pg.exec('begin; select 1');
  await housekeeper.look();
  await pg.exec('commit');
  expect(housekeeper.counters).toEqual({ checkpoints: 0, vacuums: 0 });
});

test('rests while nothing is due', async () => {
  const housekeeper = new Housekeeper(pg);
  housekeeper.sawTransaction();
  await housekeeper.look();
  expect(housekeeper.counters).toEqual({ checkpoints: 0, vacuums: 0 });
});
