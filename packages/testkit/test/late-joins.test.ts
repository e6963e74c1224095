import { expect, test } from 'vitest';
import { joinUnderLoad, Person, startTestServer } from '../src/index.ts';

test('who joins while somebody draws gets a snapshot and every diff behind it, none twice', async () => {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  const owner = await Person.signUp(server.url);
  const load = { owner, server, rooms: 4, perSecond: 400, joins: 200, atOnce: 20 };
  const { gaps, duplicates, wrong, diffs, toSnapshot, perSecond } = await joinUnderLoad(load);
  expect({ gaps, duplicates, wrong }).toEqual({ gaps: 0, duplicates: 0, wrong: 0 });
  expect([toSnapshot.length, diffs >= 600, perSecond > 100]).toEqual([200, true, true]);
});
