import {
  createAuth,
  createMailbox,
  createSecretBox,
  defaultLifetimes,
  type Identity,
  LiveSessions,
  type Mailbox,
  type Provider,
  ProviderFailed,
} from '@atrium/auth';
import {
  findSignInEnd,
  insertUser,
  livingSignIns,
  roomMembers,
  rooms,
  sessions as sessionRows,
  users,
} from '@atrium/db';
import { openTestDatabase } from '@atrium/db/testing';
import { kinds } from '@atrium/kinds';
import { createMemoryBus, createRoomHub, type Role } from '@atrium/rooms';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { appRouter } from '../app-router.ts';
import { readAccessFrom } from '../access/read-access.ts';
import { recheckFrom } from '../access/recheck.ts';
import { RoomSeats } from '../access/room-seats.ts';
import type { HttpContext, Services, SocketContext } from '../context.ts';
import { AdminStreams, readIsAdminFrom } from '../admin/admin-streams.ts';
import { Meter } from '../admin/meter.ts';
import { Denials } from '../denial/denials.ts';
import { CallPace } from '../pace/call-pace.ts';
import { CommandPace } from '../pace/command-pace.ts';
import type { Permission } from '../policy/permission.ts';
import { defaultJoinLimits, JoinBudget } from '../pace/join-budget.ts';
import { SocketConnection } from '../socket/socket-connection.ts';

const device = { userAgent: undefined, address: '127.0.0.1' };

/** The services of a server on a real database, without HTTP around them. */
export interface TestServices extends AsyncDisposable {
  readonly services: Services;
  /** Where its mails end up. */
  readonly mailbox: Mailbox;
  /** Somebody with a confirmed address and a session; without the work of hashing a password. */
  signUp(): Promise<Identity>;
  /** Takes the confirmation of the address back. */
  unconfirm(identity: Identity): Promise<void>;
  /** Makes it an hour since this session last proved who it is. */
  leaveSudo(identity: Identity): Promise<void>;
  enterAsGuest(): Promise<Identity>;
  /** A program that calls in this person's name. */
  issueToken(owner: Identity, permissions: readonly Permission[]): Promise<Identity>;
  createRoom(owner: Identity): Promise<string>;
  join(roomId: string, member: Identity, role: Role): Promise<void>;
  freeze(roomId: string): Promise<void>;
  publish(roomId: string): Promise<void>;
  /** A session by which an administrator acts as this person. */
  impersonate(identity: Identity): Promise<Identity>;
  /** Puts the end of this session into the past. */
  expire(identity: Identity): Promise<void>;
  disable(identity: Identity): Promise<void>;
  /** As a new socket would find it; null when the session is over. */
  reread(identity: Identity): Promise<Identity | null>;
  /** Makes this person an administrator of the server, who is no member of any room by that. */
  promote(identity: Identity): Promise<Identity>;
  /** A request with this identity's cookie, or token (null: without one). */
  httpContext(identity: Identity | null): HttpContext;
  /** A socket that was open when the session was good; it has heard since of whatever ended it. */
  socketContext(identity: Identity): Promise<SocketContext>;
}

/** Dispose it at the end: it closes the database. */
export async function openTestServices(): Promise<TestServices> {
  const db = await openTestDatabase();
  const mailbox = createMailbox();
  const services = createServices(db, mailbox);
  const tokens = new Map<string, string>();
  const keep = ({ token, identity }: { token: string; identity: Identity }) => {
    tokens.set(identity.session.publicId, token);
    return identity;
  };

  const resume = async (token: string, isProgram: boolean) => {
    if (!isProgram) return services.sessions.resume(token);
    const identity = await services.apiTokens.resume(token, device);
    return typeof identity === 'string' ? null : identity;
  };

  const httpContext = (identity: Identity | null): HttpContext => {
    const token = identity && tokens.get(identity.session.publicId);
    return {
      transport: 'http',
      services,
      device,
      isProgram: identity?.token != null,
      identify: () => (token ? resume(token, identity?.token != null) : Promise.resolve(null)),
      setCookie: () => {},
      setDeviceCookie: () => {},
    };
  };

  const changeUser = (id: string, values: Partial<typeof users.$inferInsert>) =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(users).set(values).where(eq(users.id, id));
    });

  const changeRoom = (id: string, values: Partial<typeof rooms.$inferInsert>) =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(rooms).set(values).where(eq(rooms.id, id));
    });

  const changeSession = ({ session }: Identity, values: Partial<typeof sessionRows.$inferInsert>) =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(sessionRows).set(values).where(eq(sessionRows.publicId, session.publicId));
    });

  const kit: TestServices = {
    services,
    mailbox,
    httpContext,
    async signUp() {
      const user = {
        id: randomUUID(),
        email: `${randomUUID()}@example.org`,
        name: 'Somebody',
        confirmedAt: new Date(),
      };
      await db.withScope({ system: 'test' }, (tx) => insertUser(tx, user));
      return keep(await services.sessions.start(user.id, device, { factors: ['password'] }));
    },
    async enterAsGuest() {
      return keep(await services.accounts.enterAsGuest({ name: 'Guest' }, device));
    },
    async issueToken(owner, permissions) {
      const made = { name: 'Bot', permissions, lifetime: 86_400_000 };
      const { accessToken: token } = await services.apiTokens.create(owner, made, device);
      const identity = await services.apiTokens.resume(token, device);
      if (typeof identity === 'string') throw new Error('A token that was just made is not good');
      return keep({ token, identity });
    },
    async createRoom(owner) {
      const caller = appRouter.createCaller(httpContext(owner));
      return (await caller.rooms.create({ kind: 'board', title: 'A board' })).id;
    },
    async join(roomId, member, role) {
      await db.withScope({ system: 'test' }, async (tx) => {
        await tx.insert(roomMembers).values({ roomId, userId: member.user.id, role });
      });
    },
    async freeze(roomId) {
      await changeRoom(roomId, { frozenAt: new Date() });
    },
    async publish(roomId) {
      await changeRoom(roomId, { isPublic: true });
    },
    async impersonate({ user }) {
      const admin = await kit.promote(await kit.signUp());
      return keep(await services.sessions.impersonate(admin, user.id, device));
    },
    async unconfirm({ user }) {
      await changeUser(user.id, { confirmedAt: null });
    },
    async leaveSudo(identity) {
      await changeSession(identity, { authenticatedAt: new Date(Date.now() - 3_600_000) });
    },
    async expire(identity) {
      await changeSession(identity, { expiresAt: new Date(Date.now() - 1_000) });
    },
    async reread({ session }) {
      const token = tokens.get(session.publicId);
      return token === undefined ? null : services.sessions.resume(token);
    },
    async disable({ user }) {
      await changeUser(user.id, { disabledAt: new Date() });
    },
    async promote(identity) {
      await changeUser(identity.user.id, { role: 'admin' });
      return { ...identity, user: { ...identity.user, role: 'admin' } };
    },
    async socketContext(identity) {
      const driver = { bufferedBytes: () => 0, close: () => {}, touch: () => {}, wire: null };
      const connection = new SocketConnection(identity, driver);
      await services.live.register(connection);
      return { transport: 'socket', services, device, connection };
    },
    async [Symbol.asyncDispose]() {
      services.live.close();
      await services.denials.drain();
      await services.mailQueue.drain(1_000);
      await services.hub.drain();
      await db[Symbol.asyncDispose]();
    },
  };
  return kit;
}

/** A provider that is configured and down. */
const unreachable: Provider = {
  id: 'oidc',
  name: 'Example',
  begin: () => Promise.reject(new ProviderFailed('provider-down')),
  finish: () => Promise.reject(new ProviderFailed('provider-down')),
};

function createServices(db: Services['db'], mailbox: Mailbox): Services {
  const seats = new RoomSeats(readAccessFrom(db));
  const hub = createRoomHub({
    ...{ log: db.roomLog, bus: createMemoryBus(), kinds: [...kinds.values()], node: 'test' },
    recheck: recheckFrom(db, seats),
  });
  const live = new LiveSessions({
    readEnd: async (publicId) => {
      const end = await db.withScope({ system: 'sweep' }, (tx) => findSignInEnd(tx, publicId));
      return end && end.getTime();
    },
    readLiving: async () => {
      const living = await db.withScope({ system: 'sweep' }, (tx) => livingSignIns(tx));
      return new Map([...living].map(([publicId, end]) => [publicId, end.getTime()]));
    },
    onError: fail,
  });
  const publicUrl = 'http://localhost:3000';
  const box = createSecretBox(['only for tests, and long enough for them']);
  const auth = createAuth({
    ...{ db, lifetimes: defaultLifetimes, box, publicUrl, mailer: mailbox, providers: [unreachable] },
    onMailFailure: fail,
  });
  return {
    ...auth,
    ...{ db, live, hub, seats, publicUrl },
    commandPace: new CommandPace({ perSecond: 40, burst: 80 }),
    callPace: new CallPace({ perSecond: 200, burst: 2_000 }),
    joins: new JoinBudget(defaultJoinLimits),
    denials: new Denials({ record: (entry) => auth.audit.record(entry), onError: fail }),
    meter: new Meter(),
    adminStreams: new AdminStreams(readIsAdminFrom(db)),
  };
}

function fail(error: unknown): never {
  throw error;
}
