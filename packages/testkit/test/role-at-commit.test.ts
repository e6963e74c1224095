import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedOf, Person, startFlood, startTestServer, takeAway, type TestServer } from '../src/index.ts';

/**
 * Commands in flight are judged by the role at the commit. Ben sends as fast as he can, from a client that heeds nothing,
 * while his role, or his session, is taken away by SQL. The same transaction notes what the log held when it had the room to itself: from
 * then on nothing of his is accepted, whatever his socket has heard.
 */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ commandsPerSecond: 1_000_000 });
});
afterAll(() => server[Symbol.asyncDispose]());

const ways = {
  lowered: (roomId: string, ben: string) =>
    `update room_members set role = 'viewer' where room_id = '${roomId}' and user_id = '${ben}'`,
  removed: (roomId: string, ben: string) =>
    `delete from room_members where room_id = '${roomId}' and user_id = '${ben}'`,
  archived: (roomId: string) => `update rooms set archived_at = now() where id = '${roomId}'`,
  frozen: (roomId: string) => `update rooms set frozen_at = now() where id = '${roomId}'`,
  'signed out': (_roomId: string, ben: string) => `delete from sessions where user_id = '${ben}'`,
  'at the end of the session': (_roomId: string, ben: string) =>
    `update sessions set expires_at = now() where user_id = '${ben}'`,
  disabled: (_roomId: string, ben: string) => `update users set disabled_at = now() where id = '${ben}'`,
} as const;

test.each(Object.keys(ways) as (keyof typeof ways)[])(
  'nothing is accepted after the commit of whoever is %s',
  async (way) => {
    let accepted = 0;
    for (let round = 0; round < 8; round += 1) {
      const [ada, ben] = await Promise.all([Person.signUp(server.url), Person.signUp(server.url)]);
      const roomId = await ada.createBoard();
      await ada.letIn(ben, roomId, 'editor');
      const { user } = await ben.query<{ user: { id: string } }>('auth.me');
      await using socket = await ben.openSocket();
      const flood = startFlood(socket, roomId);
      await flood.answered(10 + round);
      await takeAway(server, roomId, ways[way](roomId, user.id));
      await flood.answered(20);
      await flood.stop();
      const { all, late } = await acceptedOf(server, roomId, user.id);
      expect(late).toEqual([]);
      accepted += all.length;
    }
    expect(accepted).toBeGreaterThan(80);
  },
);
