import { openTestDatabase } from '@atrium/db/testing';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { createDatabaseServer } from '../../src/testing/database-server.ts';
import { hostileStory, peacefulStory, SessionStory } from '../../src/testing/session-story.ts';
import { createMemoryServer } from '../../src/testing/story-server.ts';
import { defaultLifetimes } from '../../src/session/lifetimes.ts';

/** SESSION_RUNS: how many stories of each sort; a thirtieth of them on a database. */
const numRuns = Number(process.env['SESSION_RUNS'] ?? 600);
/** Shorter than an offer lives, so that both are met. */
const lifetimes = { ...defaultLifetimes, rotate: 5 * 60_000 };

afterEach(() => vi.useRealTimers());

test.each([
  ['nobody is locked out without a cause, and nothing is stolen where nobody steals', peacefulStory],
  ['a theft is noticed exactly when a token that was replaced comes back', hostileStory],
])('A62 random stories, decided in memory: %s', async (_name, story) => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      let now = 1_000_000;
      const clock = { now: () => now, advance: (ms: number) => void (now += ms) };
      await new SessionStory({ server: createMemoryServer(lifetimes, clock.now), clock, lifetimes }).play(steps);
    }),
    { numRuns },
  );
});

test('A62 random stories on a database, with sockets: not a frame or an answer after the end', async () => {
  await using db = await openTestDatabase();
  vi.useFakeTimers({ toFake: ['Date'] });
  const clock = { now: () => Date.now(), advance: (ms: number) => void vi.setSystemTime(Date.now() + ms) };
  await fc.assert(
    fc.asyncProperty(fc.oneof(peacefulStory, hostileStory), async (steps) => {
      await using server = await createDatabaseServer(db, lifetimes);
      await new SessionStory({ server, clock, lifetimes }).play(steps);
    }),
    { numRuns: Math.ceil(numRuns / 30), endOnFailure: true },
  );
  expect(db).toBeDefined();
}, 120_000);
