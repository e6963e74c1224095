import { sql } from 'drizzle-orm';
import { afterAll, test } from 'vitest';
import { Person, startTestServer, type TestServer, tokenAfter, totp } from '../src/index.ts';
import { arrange, expectAlive, expectDead, expectOver, names, type Row, type Seat, type Stage } from './ends-stage.ts';

/**
 * "What ends what", row by row, seen from open sockets that stream: Ada is signed in at her desk and on her phone, Bob is in
 * her room. A row says what happens and who loses what; whoever it does not name loses nothing, and that is checked too.
 */
const rows: readonly Row[] = [
  {
    event: 'signing out',
    run: ({ desk }) => desk.person.mutate('auth.logout'),
    over: { desk: 'signed-out' },
  },
  {
    event: 'signing out one device',
    run: ({ desk, phone }) => desk.person.mutate('sessions.revoke', { publicId: phone.publicId }),
    over: { phone: 'signed-out-elsewhere' },
  },
  {
    event: 'signing out all other devices',
    run: ({ phone }) => phone.person.mutate('sessions.revokeOthers'),
    over: { desk: 'signed-out-elsewhere' },
  },
  {
    event: 'signing in again in the same browser',
    run: ({ desk }) => desk.person.mutate('auth.login', { email: desk.email, password: 'correct horse' }),
    over: { desk: 'signed-out' },
  },
  {
    event: 'a new password',
    run: ({ desk }) => desk.person.mutate('account.changePassword', { password: 'another horse' }),
    over: { phone: 'password-changed' },
    replaced: ['desk'],
  },
  {
    event: 'a new password by a link from a mail',
    run: async ({ server, desk }) => {
      const token = await mailed(desk, () => desk.person.mutate('auth.requestPasswordReset', { email: desk.email }));
      await new Person(server.url).mutate('auth.resetPassword', { token, password: 'another horse' });
    },
    over: { desk: 'password-changed', phone: 'password-changed' },
  },
  {
    event: 'another address',
    run: async ({ desk }) => {
      const email = `new-${desk.email}`;
      const token = await mailed({ ...desk, email }, () => desk.person.mutate('account.changeEmail', { email }));
      await desk.person.mutate('account.confirmEmailChange', { token });
    },
    over: { phone: 'signed-out-elsewhere' },
    replaced: ['desk'],
  },
  {
    event: 'an address that is confirmed',
    run: async ({ server, desk }) => {
      await server.runSql(sql`update users set confirmed_at = null where id = ${desk.userId}`);
      const token = await mailed(desk, () => desk.person.mutate('auth.resendConfirmation'));
      await desk.person.mutate('auth.confirmEmail', { token });
    },
    over: { phone: 'signed-out-elsewhere' },
    replaced: ['desk'],
  },
  {
    event: 'a second factor that is turned on',
    run: async ({ desk }) => {
      const { secret } = await desk.person.mutate<{ secret: string }>('account.totp.begin');
      await desk.person.mutate('account.totp.confirm', { code: totp(secret, Date.now()) });
    },
    over: { phone: 'signed-out-elsewhere' },
    replaced: ['desk'],
  },
  {
    event: 'a second factor that is turned off',
    run: async ({ server, desk }) => {
      // It is on: turning it on by its procedure would have ended the phone.
      await server.runSql(sql`insert into totp_secrets (user_id, sealed_secret, confirmed_at)
        values (${desk.userId}, 'sealed', now())`);
      await desk.person.mutate('account.totp.disable');
    },
    over: { phone: 'signed-out-elsewhere' },
    replaced: ['desk'],
  },
  {
    event: 'an account that is to be deleted',
    run: ({ desk }) => desk.person.mutate('account.delete', {}),
    over: { desk: 'signed-out', phone: 'signed-out' },
  },
  {
    event: 'another role in a room',
    run: ({ server, bob }) => server.runSql(sql`update room_members set role = 'viewer' where user_id = ${bob.userId}`),
    told: () => ({ bob: { type: 'role', role: 'viewer' } }),
  },
  {
    event: 'another role in a room, given by an owner',
    run: ({ desk, bob, roomId }) =>
      desk.person.mutate('members.setRole', { roomId, userId: bob.userId, role: 'commenter' }),
    told: (stage) => ({ bob: { type: 'role', role: 'commenter', by: adaOf(stage) } }),
  },
  {
    event: 'a membership that is taken away',
    run: ({ server, bob }) => server.runSql(sql`delete from room_members where user_id = ${bob.userId}`),
    told: () => ({ bob: { type: 'end', reason: 'removed' } }),
  },
  {
    event: 'a member who is removed by an owner',
    run: ({ desk, bob, roomId }) => desk.person.mutate('members.remove', { roomId, userId: bob.userId }),
    told: (stage) => ({ bob: { type: 'end', reason: 'removed', by: adaOf(stage) } }),
  },
  {
    event: 'a share link that is taken back',
    run: async ({ desk, roomId }) => {
      const links = await desk.person.query<readonly { id: string }[]>('invites.list', { roomId });
      for (const { id } of links) await desk.person.mutate('invites.revoke', { id });
    },
    told: (stage) => ({ bob: { type: 'end', reason: 'link-revoked', by: adaOf(stage) } }),
  },
  {
    event: 'a room that is archived',
    run: ({ desk, roomId }) => desk.person.mutate('rooms.archive', { roomId }),
    told: (stage) => {
      const event = { type: 'role', role: 'viewer', archived: true, by: adaOf(stage) } as const;
      return { desk: event, phone: event, bob: event };
    },
  },
  {
    event: 'a room that is deleted',
    run: ({ desk, roomId }) => desk.person.mutate('rooms.remove', { roomId }),
    told: (stage) => {
      const event = { type: 'end', reason: 'room-deleted', by: adaOf(stage) } as const;
      return { desk: event, phone: event, bob: event };
    },
  },
  {
    event: 'a room that an administrator freezes',
    run: async ({ server, desk, roomId }) => {
      await makeAdmin(server, desk);
      await desk.person.mutate('admin.freezeRoom', { roomId });
    },
    told: () => {
      const event = { type: 'role', role: 'viewer', frozen: true, by: anAdministrator } as const;
      return { desk: event, phone: event, bob: event };
    },
  },
  {
    event: 'a room that an administrator hands over',
    run: async ({ server, desk, bob, roomId }) => {
      await makeAdmin(server, desk);
      await desk.person.mutate('admin.transferRoom', { roomId, userId: bob.userId });
    },
    told: () => {
      const lowered = { type: 'role', role: 'editor', by: anAdministrator } as const;
      return { desk: lowered, phone: lowered, bob: { type: 'role', role: 'owner', by: anAdministrator } };
    },
  },
  {
    event: 'a user whom an administrator disables',
    run: async ({ server, desk, bob }) => {
      await makeAdmin(server, desk);
      await desk.person.mutate('admin.disable', { userId: bob.userId });
    },
    over: { bob: 'disabled' },
  },
  {
    event: 'a session that an administrator ends',
    run: async ({ server, desk, bob }) => {
      await makeAdmin(server, desk);
      await desk.person.mutate('admin.revokeSession', { publicId: bob.publicId });
    },
    over: { bob: 'signed-out-elsewhere' },
  },
  {
    event: 'a user who is disabled',
    run: ({ server, desk }) => server.runSql(sql`update users set disabled_at = now() where id = ${desk.userId}`),
    over: { desk: 'disabled', phone: 'disabled' },
  },
  {
    event: 'a user who is deleted',
    run: ({ server, desk }) => server.runSql(sql`delete from users where id = ${desk.userId}`),
    over: { desk: 'disabled', phone: 'disabled' },
  },
  {
    event: 'a session row that is deleted',
    run: ({ server, desk }) => server.runSql(sql`delete from sessions where public_id = ${desk.publicId}`),
    over: { desk: 'signed-out-elsewhere' },
  },
  {
    event: 'idleness',
    config: { sessionIdle: 1_500 },
    run: async ({ server, desk, phone, bob }) => {
      await server.runSql(sql`update sessions set expires_at = now() + interval '1 second'
        where public_id = ${desk.publicId}`);
      const end = Date.now() + 1_000;
      while (Date.now() < end) {
        await Promise.all([phone, bob].map(({ person }) => person.query('rooms.list')));
        await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(150, end - Date.now()))));
      }
    },
    over: { desk: 'expired' },
  },
  {
    event: 'age',
    run: async ({ server, desk, phone }) => {
      await server.runSql(sql`update sessions set absolute_expires_at = now() + interval '400 milliseconds'
        where public_id in (${desk.publicId}, ${phone.publicId})`);
      await new Promise((resolve) => setTimeout(resolve, 400));
    },
    over: { desk: 'expired', phone: 'expired' },
  },
  {
    event: 'a token that comes back long after it was replaced',
    run: async ({ server, desk }) => {
      await server.runSql(sql`update sessions set previous_until = now() where public_id = ${desk.publicId}`);
      const thief = new Person(server.url);
      thief.cookie = desk.tokens[0] ?? '';
      await thief.query('auth.me');
    },
    over: { desk: 'theft' },
  },
];

const shared = startTestServer();
afterAll(async () => (await shared)[Symbol.asyncDispose]());

test.each(rows)('A66 $event', async ({ run, over = {}, replaced = [], told, config }) => {
  const own = config && (await startTestServer(config));
  const stage = await arrange(own ?? (await shared));
  const before = names.map((name) => stage[name].person.cookie);
  await run(stage);
  const committed = performance.now();
  for (const [index, name] of names.entries()) {
    const seat = stage[name];
    const reason = over[name];
    const cookies = [...seat.tokens, before[index] ?? ''];
    if (reason) await expectOver(seat, { reason, committed, cookies });
    else await expectAlive(seat, { told: told?.(stage)[name], committed });
    if (replaced.includes(name)) await expectDead(seat, cookies);
  }
  for (const name of names) await stage[name].socket[Symbol.asyncDispose]();
  await own?.[Symbol.asyncDispose]();
});

function mailed({ person, email }: Seat, ask: () => Promise<unknown>): Promise<string> {
  return tokenAfter(person.url, email, ask);
}

function adaOf({ desk }: Stage) {
  return { userId: desk.userId, name: 'Ada' };
}

const anAdministrator = { userId: '00000000-0000-0000-0000-000000000000', name: 'An administrator' };

function makeAdmin(server: TestServer, { userId }: Seat): Promise<void> {
  return server.runSql(sql`update users set role = 'admin' where id = ${userId}`);
}
