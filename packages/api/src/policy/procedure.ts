import type { Identity } from '@atrium/auth';
import { findStanding } from '@atrium/db';
import { isAtLeast, type Role } from '@atrium/rooms';
import { z } from 'zod';
import type { Seat } from '../access/room-seats.ts';
import type { Context, HttpContext, SocketContext } from '../context.ts';
import type { Call } from '../pace/call-pace.ts';
import { Refusal, toRefusal } from '../refusal.ts';
import { t } from '../trpc.ts';
import type { Permission } from './permission.ts';
import type { Demands } from './policy.ts';

/** Whatever goes wrong inside leaves as a refusal with a reason; a session that ended meanwhile gets no answer. */
const named = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (ctx.transport === 'socket' && ctx.connection.ended) throw new Refusal('SESSION_ENDED');
  if (!result.ok) throw toRefusal(result.error);
  return result;
});

/**
 * Anyone, but no program: it has no cookie that could be set. Over HTTP only, because what is public here sets or reads
 * the cookie.
 */
export const publicProcedure = named.meta({ access: 'public', transport: 'http' }).use(({ ctx, next }) => {
  const http = overHttp(ctx);
  if (http.isProgram) throw new Refusal('PERMISSION_MISSING');
  return next({ ctx: http });
});

/** Anyone, and a program whose token has this permission. */
export function publicProcedureWith(permission: Permission) {
  return named.meta({ access: 'public', transport: 'http', permission }).use(async ({ ctx, next }) => {
    const http = overHttp(ctx);
    if (http.isProgram) await demand(http, await signedIn(http), { permission });
    return next({ ctx: http });
  });
}

/** Anyone, whatever they come with: it is about none of the ways to be signed in. */
export const programProcedure = named
  .meta({ access: 'public', transport: 'http', permission: 'any' })
  .use(({ ctx, next }) => {
    return next({ ctx: overHttp(ctx) });
  });

/** Anyone signed in who meets the demands, guests too. */
export function userProcedure(demands: Demands = {}) {
  return named.meta({ access: 'user', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: { identity: await admitted(ctx, type, demands) } });
  });
}

/** The same, and the call may change the cookie. */
export function userHttpProcedure(demands: Demands = {}) {
  return named.meta({ access: 'user', transport: 'http', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: { ...overHttp(ctx), identity: await admitted(ctx, type, demands) } });
  });
}

/**
 * `as` is the id of the person whose call this is meant to be, for a client that kept it: it is done in nobody else's name.
 * It is looked at before the room is, because whoever else is signed in may not even know of the room.
 */
const inRoom = z.object({ roomId: z.uuid(), as: z.string().max(64).optional() });

/**
 * A member of the room with at least `role`. The session and the membership are one middleware: it is on the path of
 * every stroke. The seat follows the database while the call runs; a stream takes a seat of its own.
 */
export function roomProcedure(role: Role, opts: Demands & { archivedToo?: boolean; isStroke?: boolean } = {}) {
  const { archivedToo = false, isStroke = false, ...demands } = opts;
  return named
    .meta({ access: 'room', role, archivedToo, ...demands })
    .input(inRoom)
    .use(async ({ ctx, input, type, next }) => {
      const identity = isStroke ? await pacedInRoom(ctx, input.roomId) : await paced(ctx, type);
      await demand(ctx, identity, demands);
      demandSame(identity, input.as);
      const seat = await seated(ctx, { identity, roomId: input.roomId, role, archivedToo });
      try {
        return await next({ ctx: { identity, seat } });
      } finally {
        seat.release();
      }
    });
}

/**
 * The same for what belongs to an open tab. `ctx.seat` is handed over and the procedure releases it; a stream that is
 * stopped before its first step never gets so far, so leaving releases it too.
 */
export function roomSocketProcedure(role: Role, demands: Demands = {}) {
  return named
    .meta({ access: 'room', role, archivedToo: true, transport: 'socket', ...demands })
    .input(inRoom)
    .use(async ({ ctx, input, next, signal }) => {
      const identity = await pacedInRoom(ctx, input.roomId);
      await demand(ctx, identity, demands);
      demandSame(identity, input.as);
      const socket = overSocket(ctx);
      const seat = await seated(ctx, { identity, roomId: input.roomId, role, archivedToo: true });
      signal?.addEventListener('abort', () => seat.release(), { once: true });
      const result = await next({ ctx: { ...socket, identity, seat } });
      if (!result.ok || signal?.aborted) seat.release();
      return result;
    });
}

function demandSame({ user }: Identity, as: string | undefined): void {
  if (as !== undefined && as !== user.id) throw new Refusal('OTHER_PERSON');
}

async function seated(
  ctx: Context,
  wanted: { identity: Identity; roomId: string; role: Role; archivedToo: boolean },
): Promise<Seat> {
  const seat = await ctx.services.seats.take(wanted.identity.user.id, wanted.roomId);
  if (!seat) throw new Refusal('NOT_FOUND');
  const { role, archived } = seat.access;
  const refusal =
    role === null
      ? new Refusal('NOT_FOUND')
      : !isAtLeast(role, wanted.role)
        ? new Refusal('NOT_ALLOWED')
        : archived && !wanted.archivedToo
          ? new Refusal('ROOM_ARCHIVED')
          : null;
  if (!refusal) return seat;
  seat.release();
  throw refusal;
}

async function signedIn(ctx: Context): Promise<Identity> {
  if (ctx.transport === 'socket') {
    if (ctx.connection.ended) throw new Refusal('SESSION_ENDED');
    ctx.connection.touch();
    return ctx.connection.identity;
  }
  const identity = await ctx.identify();
  if (!identity) throw new Refusal('SIGNED_OUT');
  return identity;
}

async function admitted(ctx: Context, type: Call | 'subscription', demands: Demands): Promise<Identity> {
  const identity = await paced(ctx, type);
  await demand(ctx, identity, demands);
  return identity;
}

async function demand(ctx: Context, identity: Identity, demands: Demands): Promise<void> {
  const { permission, isAccount, isConfirmed, isSudo } = demands;
  const { token } = identity;
  if (token && (permission === undefined || !token.permissions.includes(permission))) {
    throw new Refusal('PERMISSION_MISSING');
  }
  if (!isAccount && !isConfirmed && !isSudo) return;
  const { isGuest, confirmedAt } = await standingOf(ctx, identity);
  if (isAccount && isGuest) throw new Refusal('NOT_ALLOWED', 'Guests cannot do this: create an account first.');
  if (isConfirmed && !isGuest && !confirmedAt) throw new Refusal('CONFIRM_EMAIL');
  if (isSudo && !isGuest && !(await isInSudo(ctx, identity))) throw new Refusal('SUDO_REQUIRED');
}

/**
 * What a socket remembers of its user is as old as the socket. A guest may have claimed an account since, and an address
 * may be confirmed, so both are read again; nobody turns back into a guest, or loses a confirmation on an open socket.
 */
async function standingOf(
  ctx: Context,
  { user }: Identity,
): Promise<Pick<Identity['user'], 'isGuest' | 'confirmedAt'>> {
  if (ctx.transport === 'http' || user.confirmedAt) return user;
  const standing = await ctx.services.db.withScope({ user: user.id }, (tx) => findStanding(tx, user.id));
  if (!standing) throw new Refusal('SESSION_ENDED');
  return standing;
}

/** What a socket remembers of its session is as old as the socket, so the row is asked. */
async function isInSudo(ctx: Context, identity: Identity): Promise<boolean> {
  const { sessions, lifetimes } = ctx.services;
  const at = ctx.transport === 'socket' ? await sessions.authenticatedAt(identity) : identity.session.authenticatedAt;
  return at !== null && Date.now() - at.getTime() < lifetimes.sudo;
}

/** Who is signed in, unless they call too often. */
async function paced(ctx: Context, type: Call | 'subscription'): Promise<Identity> {
  const identity = await signedIn(ctx);
  const isAllowed = ctx.services.callPace.allows(identity.user.id, type === 'mutation' ? type : 'query');
  if (!isAllowed) throw new Refusal('TOO_MANY');
  return identity;
}

/**
 * What comes with every stroke has a pace of its own and finds the role of somebody who watches in memory; from anybody
 * else it makes the database read, and counts like a query.
 */
async function pacedInRoom(ctx: Context, roomId: string): Promise<Identity> {
  const identity = await signedIn(ctx);
  return ctx.services.seats.holds(identity.user.id, roomId) ? identity : paced(ctx, 'query');
}

function overHttp(ctx: Context): HttpContext {
  if (ctx.transport !== 'http') throw new Refusal('HTTP_ONLY');
  return ctx;
}

function overSocket(ctx: Context): SocketContext {
  if (ctx.transport !== 'socket') throw new Refusal('SOCKET_ONLY');
  return ctx;
}
