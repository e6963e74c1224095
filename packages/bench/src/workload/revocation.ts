import { revokeWhileConnecting, startTestServer } from '@atrium/testkit';
import { budgetRow } from '../budget-row.ts';
import type { Row } from '../report.ts';
import { loweredRoles } from './lowered-roles.ts';
import { revokeAgain } from './revocation-rounds.ts';

/** Milliseconds. */
const budget = 250;
const tries = 3_000;
const crowds = [
  { sockets: 1, rounds: 100, diffsPerSecond: 50 },
  { sockets: 100, rounds: 100, diffsPerSecond: 50 },
  { sockets: 1_000, rounds: 20, diffsPerSecond: 25 },
];

/**
 * How long a revoked session is still heard: what its sockets are told of a room, the word that it is over, the end of
 * the last socket. Beside it what a revocation could miss: a socket that is being opened, and a role that is in use.
 */
export async function revocation(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const crowd of crowds) {
    const rounds = await revokeAgain(crowd);
    const what = `revocation by SQL, ${crowd.sockets} sockets, ${crowd.diffsPerSecond} diffs/s: commit to the last`;
    const row = (last: string, times: readonly number[]) => budgetRow(`${what} ${last}`, times, budget);
    rows.push(
      row(
        'frame of the room',
        rounds.map(({ lastDiff }) => lastDiff),
      ),
      row(
        'frame, the word that it is over',
        rounds.map(({ lastFrame }) => lastFrame),
      ),
      row(
        'socket closed',
        rounds.map(({ lastClose }) => lastClose),
      ),
    );
    const told = rounds.reduce((sum, { toldBehind }) => sum + toldBehind, 0);
    if (told > 0) throw new Error(`${told} sockets were told of the room behind the word that it is over.`);
  }
  return [...rows, await whileConnecting(), await loweredRoles()];
}

async function whileConnecting(): Promise<Row> {
  await using server = await startTestServer();
  const { tries: tried, refused, closed, leaks } = await revokeWhileConnecting(server, tries);
  return {
    what: `revoked 0-3 ms after the upgrade was sent, ${tried} fresh sessions: open a second later`,
    value: `${leaks} (${refused} refused, ${closed} closed)`,
    baseline: 'Phoenix, measured elsewhere: 1.5 %',
    ratio: leaks / (tried * 0.015),
  };
}
