import type { Identity } from '@atrium/auth';
import type { Role } from '@atrium/rooms';
import { z } from 'zod';
import type { Seat } from '../access/room-seats.ts';
import type { Context, HttpContext, SocketContext } from '../context.ts';
import type { Call } from '../pace/call-pace.ts';
import { noteDenial } from '../denial/note-denial.ts';
import { Refusal, toRefusal } from '../refusal.ts';
import { t } from '../trpc.ts';
import { actingDevice } from '../access/acting-device.ts';
import { factsOf } from './facts.ts';
import type { Permission } from './permission.ts';
import type { Demands, RoomDemands } from './policy.ts';
import { callerRules, demand, roomRules } from './rules.ts';

/** Whatever goes wrong inside leaves as a refusal with a reason; a session that ended meanwhile gets no answer. */
const named = t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
  const result = await next();
  const isOver = ctx.transport === 'socket' && ctx.connection.ended !== null;
  if (result.ok && !isOver) return result;
  const refusal = isOver || result.ok ? new Refusal('SESSION_ENDED') : toRefusal(result.error);
  noteDenial(ctx, { path, refusal, input: getRawInput });
  throw refusal;
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
    if (http.isProgram) await admit(http, await signedIn(http), { permission });
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
    return next({ ctx: await admitted(ctx, type, demands) });
  });
}

/** The same, and the call may change the cookie. */
export function userHttpProcedure(demands: Demands = {}) {
  return named.meta({ access: 'user', transport: 'http', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: { ...overHttp(ctx), ...(await admitted(ctx, type, demands)) } });
  });
}

/** An administrator of the server, in their own name. Programs have no permission for it. */
export function adminProcedure(asked: Pick<Demands, 'isSudo'> = {}) {
  const demands = { ...asked, isAdmin: true };
  return named.meta({ access: 'admin', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: await admitted(ctx, type, demands) });
  });
}

/** The same, and the call may change the cookie. */
export function adminHttpProcedure(asked: Pick<Demands, 'isSudo'> = {}) {
  const demands = { ...asked, isAdmin: true };
  return named.meta({ access: 'admin', transport: 'http', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: { ...overHttp(ctx), ...(await admitted(ctx, type, demands)) } });
  });
}

/** The same for what belongs to an open tab. */
export function adminSocketProcedure(asked: Pick<Demands, 'isSudo'> = {}) {
  const demands = { ...asked, isAdmin: true };
  return named.meta({ access: 'admin', transport: 'socket', ...demands }).use(async ({ ctx, type, next }) => {
    return next({ ctx: { ...overSocket(ctx), ...(await admitted(ctx, type, demands)) } });
  });
}

/**
 * `as` is the id of the person whose call this is meant to be, for a client that kept it: it is done in nobody else's name.
 * It is looked at before the room is, because whoever else is signed in may not even know of the room.
 */
const inRoom = z.object({ roomId: z.uuid(), as: z.string().max(64).optional() });

/** What a procedure in a room asks; whatever is not said is asked. */
type RoomOptions = Demands & Partial<Omit<RoomDemands, 'role'>>;

/**
 * A member of the room with at least `role`. The session and the membership are one middleware: it is on the path of
 * every stroke. The seat follows the database while the call runs; a stream takes a seat of its own.
 */
export function roomProcedure(role: Role, opts: RoomOptions & { isStroke?: boolean } = {}) {
  const { isStroke = false, ...policy } = policyIn(role, opts);
  return named
    .meta(policy)
    .input(inRoom)
    .use(async ({ ctx, input, type, next }) => {
      const identity = isStroke ? await pacedInRoom(ctx, input.roomId) : await paced(ctx, type);
      await admit(ctx, identity, policy);
      demandSame(identity, input.as);
      const seat = await seated(ctx, identity, { ...policy, roomId: input.roomId });
      try {
        return await next({ ctx: { identity, seat, device: actingDevice(ctx.device, identity) } });
      } finally {
        seat.release();
      }
    });
}

/**
 * The same for what belongs to an open tab. `ctx.seat` is handed over and the procedure releases it; a stream that is
 * stopped before its first step never gets so far, so leaving releases it too.
 */
export function roomSocketProcedure(role: Role, opts: Demands & Pick<RoomOptions, 'visitorsToo'> = {}) {
  const policy = policyIn(role, { ...opts, archivedToo: true, frozenToo: true });
  return named
    .meta({ ...policy, transport: 'socket' })
    .input(inRoom)
    .use(async ({ ctx, input, next, signal }) => {
      const identity = await pacedInRoom(ctx, input.roomId);
      await admit(ctx, identity, policy);
      demandSame(identity, input.as);
      const socket = overSocket(ctx);
      const seat = await seated(ctx, identity, { ...policy, roomId: input.roomId });
      signal?.addEventListener('abort', () => seat.release(), { once: true });
      const result = await next({ ctx: { ...socket, identity, seat } });
      if (!result.ok || signal?.aborted) seat.release();
      return result;
    });
}

function policyIn<Opts extends RoomOptions>(role: Role, opts: Opts) {
  return { access: 'room' as const, role, archivedToo: false, frozenToo: false, visitorsToo: false, ...opts };
}

function demandSame({ user }: Identity, as: string | undefined): void {
  if (as !== undefined && as !== user.id) throw new Refusal('OTHER_PERSON');
}

async function seated(ctx: Context, { user }: Identity, wanted: RoomDemands & { roomId: string }): Promise<Seat> {
  const seat = await ctx.services.seats.take(user.id, wanted.roomId);
  try {
    await demand(roomRules, wanted, seat && seat.access);
    if (seat) return seat;
    throw new Refusal('NOT_FOUND');
  } catch (error) {
    seat?.release();
    throw error;
  }
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

async function admitted(ctx: Context, type: Call | 'subscription', demands: Demands) {
  const identity = await paced(ctx, type);
  await admit(ctx, identity, demands);
  return { identity, device: actingDevice(ctx.device, identity) };
}

async function admit(ctx: Context, identity: Identity, demands: Demands): Promise<void> {
  await demand(callerRules, demands, factsOf(ctx, identity));
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
