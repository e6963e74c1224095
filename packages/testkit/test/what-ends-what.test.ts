import type { EndReason, RoomEvent } from '@atrium/rooms';
import type { Config } from '@atrium/server';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { Person, type RawSocket, startTestServer, type TestServer, tokenAfter, totp, trackedOf } from '../src/index.ts';

/**
 * "What ends what", row by row, seen from open sockets that stream: Ada is signed in at her desk and on her phone, Bob is in
 * her room. A row says what happens and who loses what; whoever it does not name loses nothing, and that is checked too.
 */
interface Row {
  readonly event: string;
  readonly run: (stage: Stage) => Promise<void>;
  /** Whose session is over, and the reason that their page shows. */
  readonly over?: { readonly [name in Name]?: EndReason };
  /** Whose old tokens are worth nothing although the session lives on. `run` puts the new one into the cookie. */
  readonly replaced?: readonly Name[];
  /** Whose stream hears of it while the session lives on. */
  readonly told?: (stage: Stage) => { readonly [name in Name]?: RoomEvent };
  readonly config?: Partial<Config>;
}

const names = ['desk', 'phone', 'bob'] as const;
type Name = (typeof names)[number];

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

interface Seat {
  readonly person: Person;
  readonly userId: string;
  readonly publicId: string;
  readonly email: string;
  readonly socket: RawSocket;
  /** Cookies that are good before the event: of the token before, the current one, and one that is offered. */
  readonly tokens: readonly string[];
}

type Stage = { readonly [name in Name]: Seat } & { readonly server: TestServer; readonly roomId: string };

/** Milliseconds from the commit until nobody hears anything any more. */
const budget = 250;

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

async function arrange(server: TestServer): Promise<Stage> {
  const [ada, bob] = await Promise.all([Person.signUp(server.url, 'Ada'), Person.signUp(server.url, 'Bob')]);
  const { email } = await whoIs(ada);
  const mobile = new Person(server.url);
  await mobile.mutate('auth.login', { email, password: 'correct horse' });
  const roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
  const [desk, phone, guest] = await Promise.all([ada, mobile, bob].map((person) => takeSeat(server, person, roomId)));
  if (!desk || !phone || !guest) throw new Error('Not everybody has a seat');
  return { server, roomId, desk, phone, bob: guest };
}

async function takeSeat(server: TestServer, person: Person, roomId: string): Promise<Seat> {
  const who = await whoIs(person);
  const socket = await person.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  const tokens = [person.cookie];
  for (let turn = 0; turn < 2; turn += 1) {
    await server.runSql(sql`update sessions set rotated_at = now() - interval '2 hours'
      where public_id = ${who.publicId}`);
    await person.query('rooms.list');
    tokens.push(person.cookie);
    // The first offer is taken up, the second one is not.
    if (turn === 0) await person.query('rooms.list');
  }
  expect(new Set(tokens).size).toBe(3);
  return { ...who, person, socket, tokens };
}

function adaOf({ desk }: Stage) {
  return { userId: desk.userId, name: 'Ada' };
}

async function whoIs(person: Person) {
  const me = await person.query<{ user: { id: string; email: string }; session: { publicId: string } }>('auth.me');
  return { userId: me.user.id, email: me.user.email, publicId: me.session.publicId };
}

async function expectOver(
  seat: Seat,
  { reason, committed, cookies }: { reason: EndReason; committed: number; cookies: readonly string[] },
): Promise<void> {
  expect(await seat.socket.closed).toEqual({ code: 4401, reason });
  expect((seat.socket.times.at(-1) ?? 0) - committed).toBeLessThan(budget);
  expect(endsOf(seat.socket)).toEqual([{ type: 'end', reason }]);
  await expectDead(seat, cookies);
}

/** Over HTTP and at the upgrade of a socket. */
async function expectDead({ person }: Seat, cookies: readonly string[]): Promise<void> {
  for (const cookie of cookies) {
    const thief = new Person(person.url);
    thief.cookie = cookie;
    await expect(thief.query('rooms.list')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
    await expect(thief.openSocket()).rejects.toMatchObject({ status: 401 });
  }
}

async function expectAlive(
  { person, socket }: Seat,
  { told, committed }: { told: RoomEvent | undefined; committed: number },
): Promise<void> {
  const heard = told && (await socket.event(told.type));
  expect(heard).toEqual(told);
  const at = socket.frames.findIndex((frame) => told && trackedOf(frame)?.data.type === told.type);
  expect((socket.times[at] ?? committed) - committed).toBeLessThan(budget);
  expect(endsOf(socket)).toEqual(told?.type === 'end' ? [told] : []);
  // The socket that was open all the time, a request, and another socket.
  expect(await socket.call('query', 'rooms.list', {})).toMatchObject({ result: {} });
  await person.query('rooms.list');
  await (await person.openSocket())[Symbol.asyncDispose]();
}

function mailed({ person, email }: Seat, ask: () => Promise<unknown>): Promise<string> {
  return tokenAfter(person.url, email, ask);
}

function endsOf({ frames }: RawSocket): readonly RoomEvent[] {
  return frames.flatMap((frame) => trackedOf(frame)?.data ?? []).filter(({ type }) => type === 'end');
}
