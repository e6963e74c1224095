import type { EndReason, RoomEvent } from '@atrium/rooms';
import type { Config } from '@atrium/server';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { Person, type RawSocket, type TestServer, trackedOf } from '../src/index.ts';

export interface Row {
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

export const names = ['desk', 'phone', 'bob'] as const;
type Name = (typeof names)[number];

export interface Seat {
  readonly person: Person;
  readonly userId: string;
  readonly publicId: string;
  readonly email: string;
  readonly socket: RawSocket;
  /** Cookies that are good before the event: of the token before, the current one, and one that is offered. */
  readonly tokens: readonly string[];
}

export type Stage = { readonly [name in Name]: Seat } & { readonly server: TestServer; readonly roomId: string };

/** Milliseconds from the commit until nobody hears anything any more. */
const budget = 250;

export async function arrange(server: TestServer): Promise<Stage> {
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

async function whoIs(person: Person) {
  const me = await person.query<{ user: { id: string; email: string }; session: { publicId: string } }>('auth.me');
  return { userId: me.user.id, email: me.user.email, publicId: me.session.publicId };
}

export async function expectOver(
  seat: Seat,
  { reason, committed, cookies }: { reason: EndReason; committed: number; cookies: readonly string[] },
): Promise<void> {
  expect(await seat.socket.closed).toEqual({ code: 4401, reason });
  expect((seat.socket.times.at(-1) ?? 0) - committed).toBeLessThan(budget);
  expect(endsOf(seat.socket)).toEqual([{ type: 'end', reason }]);
  await expectDead(seat, cookies);
}

/** Over HTTP and at the upgrade of a socket. */
export async function expectDead({ person }: Seat, cookies: readonly string[]): Promise<void> {
  for (const cookie of cookies) {
    const thief = new Person(person.url);
    thief.cookie = cookie;
    await expect(thief.query('rooms.list')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
    await expect(thief.openSocket()).rejects.toMatchObject({ status: 401 });
  }
}

export async function expectAlive(
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

function endsOf({ frames }: RawSocket): readonly RoomEvent[] {
  return frames.flatMap((frame) => trackedOf(frame)?.data ?? []).filter(({ type }) => type === 'end');
}
