import { expect, test } from 'vitest';
import { JoinBudget, type JoinLimits } from './join-budget.ts';

const limits: JoinLimits = {
  joinsPerSecond: 100,
  joinsAtOnce: 50,
  bytesPerSecond: 1_000_000,
  bytesAtOnce: 2_000_000,
  longestWait: 5_000,
};
const budget = (more: Partial<JoinLimits> = {}) => new JoinBudget({ ...limits, ...more }, () => 0);

/** `count` joins at `now`: their waits, and the times after which those sent away shall return. */
function storm(joins: JoinBudget, count: number, now: number) {
  const all = Array.from({ length: count }, () => joins.admit(now));
  return {
    waits: all.flatMap((each) => (each.isAdmitted ? each.wait : [])),
    retries: all.flatMap((each) => (each.isAdmitted ? [] : each.retryAfter)),
  };
}

test('F13 whoever comes alone does not wait', () => {
  const joins = budget();
  for (let now = 0; now < 10_000; now += 10) expect(joins.admit(now)).toEqual({ isAdmitted: true, wait: 0 });
});

test('F13 of a storm some begin at once, the others one after the other, and the rest is sent away', () => {
  const { waits, retries } = storm(budget(), 1_000, 0);
  expect(waits.filter((wait) => wait === 0)).toHaveLength(50);
  expect(waits).toHaveLength(550);
  expect(waits.slice(50)).toEqual(Array.from({ length: 500 }, (_, n) => (n + 1) * 10));
  expect(retries).toHaveLength(450);
});

test('F13 those who were sent away return one after the other, and are let in', () => {
  const joins = budget();
  const { retries } = storm(joins, 1_000, 0);
  expect(new Set(retries).size).toBe(450);
  expect(retries[0]).toBeGreaterThan(limits.longestWait);
  const returned = retries.toSorted((a, b) => a - b).map((at) => joins.admit(at));
  expect(returned.filter(({ isAdmitted }) => !isAdmitted)).toEqual([]);
});

test('F13 the time to return is jittered upwards, and never more than a minute', () => {
  const jittered = new JoinBudget(limits, () => 0.99);
  const plain = storm(budget(), 1_000, 0).retries;
  for (const [index, retry] of storm(jittered, 1_000, 0).retries.entries()) {
    expect(retry).toBeGreaterThan(plain[index] ?? 0);
    expect(retry).toBeLessThan((plain[index] ?? 0) * 1.26);
  }
  expect(Math.max(...storm(jittered, 100_000, 0).retries)).toBeLessThanOrEqual(60_000);
});

test('F13 whoever is sent away takes nobody’s place', () => {
  const joins = budget();
  storm(joins, 5_000, 0);
  expect(storm(joins, 1_000, 1_000).waits).toHaveLength(100);
  expect(joins.admit(60_000)).toEqual({ isAdmitted: true, wait: 0 });
});

test('F13 bytes that were given away keep the next ones waiting, and a pause pays for so many only', () => {
  const joins = budget();
  joins.spend(2_000_000, 0);
  expect(joins.admit(0)).toEqual({ isAdmitted: true, wait: 0 });
  joins.spend(3_000_000, 0);
  expect(joins.admit(0)).toEqual({ isAdmitted: true, wait: 3_000 });
  expect(joins.byteWait(1_000)).toBe(2_000);
  joins.spend(4_000_000, 0);
  expect(joins.admit(0)).toMatchObject({ isAdmitted: false });
  expect(joins.admit(10_000)).toEqual({ isAdmitted: true, wait: 0 });
  joins.spend(3_000_000, 1_000_000);
  expect(joins.byteWait(1_000_000)).toBe(1_000);
});
