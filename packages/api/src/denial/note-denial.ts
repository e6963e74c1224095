import type { Identity } from '@atrium/auth';
import { actingDevice } from '../access/acting-device.ts';
import type { Context } from '../context.ts';
import type { Reason } from '../reason.ts';
import { type Refusal, toRefusal } from '../refusal.ts';

/**
 * Refusals that say "you may not", by a policy or a limit. What a handler finds wrong with what is asked (an input, a
 * password, a link) is no denial; wrong passwords and codes have entries of their own.
 */
const denials: ReadonlySet<Reason> = new Set<Reason>([
  'SIGNED_OUT',
  'SESSION_ENDED',
  'OTHER_PERSON',
  'SUDO_REQUIRED',
  'CONFIRM_EMAIL',
  'PERMISSION_MISSING',
  'TOKEN_INVALID',
  'NOT_ALLOWED',
  'NOT_FOUND',
  'ROOM_ARCHIVED',
  'ROOM_FROZEN',
  'LAST_OWNER',
  'LAST_ADMIN',
  'TOO_MANY',
]);

interface Refused {
  readonly path: string;
  readonly refusal: Refusal;
  readonly input: () => Promise<unknown>;
}

/** Writes down, behind the answer, that a call was refused. */
export function noteDenial(ctx: Context, { path, refusal: { reason }, input: readInput }: Refused): void {
  if (!denials.has(reason)) return;
  const note = async () => {
    const [identity, input] = await Promise.all([identityOf(ctx), readInput().catch(() => null)]);
    ctx.services.denials.note({
      actorId: identity && identity.user.id,
      device: identity ? actingDevice(ctx.device, identity) : ctx.device,
      ...{ procedure: path, reason, roomId: roomIdIn(input) },
    });
  };
  // Whoever cannot be read now is nobody; the denial is written down all the same.
  void note().catch(() => ctx.services.denials.note({ actorId: null, device: ctx.device, procedure: path, reason }));
}

interface StreamCall {
  readonly path: string;
  readonly input: unknown;
}

/** The same for a stream that had begun: its procedure has answered long ago. */
export function refuseStream(ctx: Context, { path, input, error }: StreamCall & { readonly error: unknown }): Refusal {
  const refusal = toRefusal(error);
  noteDenial(ctx, { path, refusal, input: () => Promise.resolve(input) });
  return refusal;
}

/** What `open` answers, or the refusal of a stream. */
export function orRefuse<T>(ctx: Context, call: StreamCall, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw refuseStream(ctx, { ...call, error });
  }
}

/** Commands that the room refused, because of the role of whoever sent them. */
export function noteDeniedCommands(
  ctx: Context,
  { identity, roomId, count }: { readonly identity: Identity; readonly roomId: string; readonly count: number },
): void {
  const device = actingDevice(ctx.device, identity);
  const denial = { actorId: identity.user.id, device, procedure: 'rooms.send', reason: 'NOT_ALLOWED' } as const;
  ctx.services.denials.note({ ...denial, roomId, count });
}

async function identityOf(ctx: Context): Promise<Identity | null> {
  return ctx.transport === 'socket' ? ctx.connection.identity : ctx.identify();
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function roomIdIn(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('roomId' in input)) return undefined;
  const { roomId } = input;
  return typeof roomId === 'string' && uuid.test(roomId) ? roomId : undefined;
}
