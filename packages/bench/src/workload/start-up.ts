import { Person, startServerOn } from '@atrium/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../report.ts';

const boards = 20;
const restarts = 5;

/** How long a start takes on the embedded database: the first one makes it, a later one opens it with what it holds. */
export async function startUp(): Promise<Row[]> {
  if (process.env['TEST_DATABASE_URL']) return [];
  const folder = await mkdtemp(join(tmpdir(), 'atrium-bench-'));
  const beganFirst = performance.now();
  const server = await startServerOn(join(folder, 'data'));
  const first = performance.now() - beganFirst;
  const ada = await Person.signUp(server.url);
  for (let count = 0; count < boards; count += 1) await ada.createBoard();
  let later = Infinity;
  for (let count = 0; count < restarts; count += 1) {
    const began = performance.now();
    await server.restart();
    later = Math.min(later, performance.now() - began);
  }
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  return [
    {
      what: 'a later start, with the end of the one before it',
      value: `${(later / 1_000).toFixed(2)} s`,
      baseline: `the first start, which makes the database: ${(first / 1_000).toFixed(2)} s`,
      ratio: later / first,
    },
  ];
}
