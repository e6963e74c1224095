import { expect, test } from 'vitest';
import { boardScript, type ChaosOutcome, Person, runChaos, startTestServer } from '../src/index.ts';

/** `CHAOS_SEED=7` runs from that seed on, `CHAOS_RUNS=200` so many; `CHAOS_OFFLINE` is the longest outage in seconds. */
const first = Number(process.env['CHAOS_SEED'] ?? 1);
const count = Number(process.env['CHAOS_RUNS'] ?? 8);
const longestOffline = Number(process.env['CHAOS_OFFLINE'] ?? 1.5) * 1_000;
/** They wait more than they work. */
const atOnce = longestOffline < 10_000 ? 8 : 50;

/** A failed run says its seed, what is wrong and what was done before. */
const describeRun = ({ seed, flaws, story }: ChaosOutcome) =>
  [`CHAOS_SEED=${seed} CHAOS_RUNS=1`, ...flaws, 'after:', ...story].join('\n  ');

test(
  `edits, reloads and broken networks of seeds ${first} to ${first + count - 1}: each command once, all see the same`,
  { timeout: 60_000 + Math.ceil(count / atOnce) * (60_000 + 8 * longestOffline) },
  async () => {
    await using server = await startTestServer();
    const people: [Person, Person, Person] = [
      await Person.signUp(server.url, 'Ada'),
      await Person.signUp(server.url, 'Bob'),
      await Person.signUp(server.url, 'Cy'),
    ];
    const outcomes: ChaosOutcome[] = [];
    let next = first;
    const runSome = async () => {
      while (next < first + count)
        outcomes.push(await runChaos({ seed: next++, script: boardScript, server, people, longestOffline }));
    };
    await Promise.all(Array.from({ length: atOnce }, runSome));
    report(outcomes);
    expect(outcomes.filter(({ flaws }) => flaws.length > 0).map(describeRun)).toEqual([]);
    expect(outcomes).toHaveLength(count);
    expect(outcomes.some(({ reloads }) => reloads > 0)).toBe(true);
    expect(outcomes.every(({ typed }) => typed > 10)).toBe(true);
  },
);

function report(outcomes: readonly ChaosOutcome[]): void {
  const sum = (of: (outcome: ChaosOutcome) => number) => outcomes.reduce((all, outcome) => all + of(outcome), 0);
  const [typed, reloads] = [sum((outcome) => outcome.typed), sum((outcome) => outcome.reloads)];
  const offline = Math.round(sum((outcome) => outcome.offline) / 1_000);
  process.stdout.write(
    `${outcomes.length} runs, ${typed} commands, ${reloads} reloads, ${offline} s without a network\n`,
  );
}
