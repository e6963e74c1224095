import { describe, expect, test } from 'vitest';
import { simulate, type Simulation, type SimulationOptions } from './simulate.ts';

const first = Number(process.env['SIMULATION_SEED'] ?? 1);
const count = Number(process.env['SIMULATION_SEEDS'] ?? 200);
const absences = Math.ceil(count / 8);

async function run(seeds: number, opts: SimulationOptions = {}): Promise<readonly Simulation[]> {
  const runs: Simulation[] = [];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const simulation = await simulate(seed, opts);
    runs.push(simulation);
    // One failure is what a run with a broken rule is for.
    if (opts.broken !== undefined && simulation.violations.length > 0) break;
  }
  return runs;
}

const isRed = ({ violations }: Simulation): boolean => violations.length > 0;

describe('the whole path, simulated', () => {
  test(`R40 keeps its promises in seeds ${first} to ${first + count - 1}`, { timeout: 60_000 }, async () => {
    const runs = await run(count);
    expect(runs.filter(isRed)).toEqual([]);
    expect(runs.some(({ crashes }) => crashes > 1)).toBe(true);
    expect(runs.some(({ splits }) => splits > 1)).toBe(true);
  });

  test(
    `R54 keeps them for clients that are away for up to ten minutes, in seeds ${first} to ${first + absences - 1}`,
    { timeout: 60_000 + absences * 1_000 },
    async () => {
      const runs = await run(absences, { longestAbsence: 600_000 });
      expect(runs.filter(isRed)).toEqual([]);
      expect(runs.some(({ returns }) => returns.diff > 0)).toBe(true);
      expect(runs.some(({ returns }) => returns.snapshot > 0)).toBe(true);
    },
  );

  test('R41 is the same for the same seed', async () => {
    expect(await simulate(first)).toEqual(await simulate(first));
  });

  test.each([
    ['the predecessor guard', ['predecessor-guard']],
    ['the memory of commands in the log', ['remembered-commands']],
    ['the snapshot and the stream joined in one turn', ['joined-watch']],
    ['the batch id and the memory of commands', ['batch-id', 'remembered-commands']],
  ] as const)('R42 notices when %s is missing', { timeout: 60_000 }, async (_, broken) => {
    expect((await run(20, { broken: new Set(broken) })).some(isRed)).toBe(true);
  });

  test('R43 does without the batch id alone: a repeat is recognised by its number', { timeout: 60_000 }, async () => {
    expect((await run(20, { broken: new Set(['batch-id']) })).filter(isRed)).toEqual([]);
  });
});
