import { acceptedOf, Person, startFlood, startTestServer, takeAway } from '@atrium/testkit';
import type { Row } from '../report.ts';

const rounds = 20;

/** How many commands of a role are accepted behind the commit that took it away, of somebody who sends all the time. */
export async function loweredRoles(): Promise<Row> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  let [late, accepted] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const [ada, ben] = await Promise.all([Person.signUp(server.url), Person.signUp(server.url)]);
    const roomId = await ada.createBoard();
    await ada.letIn(ben, roomId, 'editor');
    const { user } = await ben.query<{ user: { id: string } }>('auth.me');
    await using socket = await ben.openSocket();
    const flood = startFlood(socket, roomId);
    await flood.answered(10 + round);
    const lower = `update room_members set role = 'viewer' where room_id = '${roomId}' and user_id = '${user.id}'`;
    await takeAway(server, roomId, lower);
    await flood.answered(20);
    await flood.stop();
    const counted = await acceptedOf(server, roomId, user.id);
    accepted += counted.all.length;
    late += counted.late.length;
  }
  return {
    what: `${rounds} editors lowered by SQL while they send: accepted after the commit`,
    value: `${late} of ${accepted} accepted in all`,
    baseline: 'budget: 0',
    ratio: late,
  };
}
