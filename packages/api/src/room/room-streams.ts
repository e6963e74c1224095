import type { Actor, PresenceEvent, RoleChange, RoomEvent, Role } from '@atrium/rooms';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import type { Identity } from '@atrium/auth';
import type { Access, Seat } from '../access/room-seats.ts';
import { roomProcedure, roomSocketProcedure } from '../policy/procedure.ts';
import { noteDeniedCommands, orRefuse, refuseStream } from '../denial/note-denial.ts';
import { Lane } from '../lane/lane.ts';
import { waitToJoin } from '../pace/wait-to-join.ts';
import { Refusal } from '../refusal.ts';
import { RequestConnection } from '../session/request-connection.ts';
import { openStream } from './open-stream.ts';
import { queuedEvents } from './queued-events.ts';

const commands = z
  .array(z.object({ seq: z.int().min(1), name: z.string().min(1).max(64), input: z.unknown() }))
  .min(1)
  .max(500);
const clientId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'A client id is 1 to 64 letters, digits, - or _.');

/** What a tab does in a room. The order of the checks, from top to bottom, is the security story of a stream. */
export const roomStreams = {
  /** Tracked events with the cursor `epoch:ver:viewKey`: `snapshot` or the missed `diff`s first, then `diff`, `role`, `end`. */
  watch: roomSocketProcedure('viewer', { visitorsToo: true, permission: 'rooms:read' })
    .input(z.object({ lastEventId: z.string().max(200).nullish() }))
    .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<RoomEvent>> {
      const { connection, seat, identity, services } = ctx;
      const stream = orRefuse(ctx, { path: 'rooms.watch', input }, () => openStream(connection, seat, signal));
      // Streams that are opened together write their snapshots one after the other, as fast as the peer takes them.
      const begun = await connection.turn(stream.signal);
      try {
        await waitToJoin(services.joins, stream.signal);
        const watcher = await services.hub.watch(
          { roomId: seat.roomId, kind: seat.access.kind },
          {
            userId: identity.user.id,
            ...shownRole(seat.access),
            cursor: input.lastEventId ?? undefined,
            signal: stream.signal,
          },
        );
        stream.onEnd((reason, by) => watcher.end(reason, by));
        stream.onAccess((access, by) => watcher.changeRole({ ...shownRole(access), ...(by && { by }) }));
        // Somebody who has everything writes nothing that others would have to wait for.
        if (!watcher.hasNews) begun();
        const { wire } = connection;
        if (wire === null) {
          yield* queuedEvents(watcher, { connection, begun, signal: stream.signal });
          return;
        }
        const onSnapshot = (bytes: number) => services.joins.spend(bytes, performance.now());
        const lane = new Lane({ watcher, wire, connection, onSnapshot });
        await lane.ready();
        if (watcher.isDone) return;
        // The encoder of the socket lets the lane say what is sent in the place of this.
        yield tracked('lane', lane as never);
        begun();
        await lane.done();
      } catch (error) {
        throw refuseStream(ctx, { path: 'rooms.watch', input, error });
      } finally {
        begun();
        stream.close();
      }
    }),

  /** `presence` first, then `joins`, `leaves`, `metas`. A subscription of its own, untracked. */
  presence: roomSocketProcedure('viewer', { visitorsToo: true, permission: 'rooms:read' }).subscription(
    async function* ({ ctx, input, signal }): AsyncGenerator<PresenceEvent> {
      const { connection, seat, identity, services } = ctx;
      const stream = orRefuse(ctx, { path: 'rooms.presence', input }, () => openStream(connection, seat, signal));
      try {
        const events = services.hub.presence(
          { roomId: seat.roomId, kind: seat.access.kind },
          { userId: identity.user.id, name: identity.user.name, connectionId: connection.id, signal: stream.signal },
        );
        stream.onEnd(() => stream.abort());
        for await (const event of events) {
          if (connection.ended) return;
          yield event;
          await connection.drained(stream.signal);
        }
      } catch (error) {
        throw refuseStream(ctx, { path: 'rooms.presence', input, error });
      } finally {
        stream.close();
      }
    },
  ),

  setPresence: roomSocketProcedure('viewer', { permission: 'rooms:write' })
    .input(z.object({ meta: z.json() }))
    .mutation(({ ctx, input }) => {
      const { connection, seat, identity, services } = ctx;
      const room = { roomId: seat.roomId, kind: seat.access.kind };
      seat.release();
      services.hub.setPresence(room, { userId: identity.user.id, connectionId: connection.id, meta: input.meta });
      return {};
    }),

  /** Resolves after the commit. The role is asked again when the batch is decided: a lowered one refuses what waits. */
  send: roomProcedure('viewer', { archivedToo: true, frozenToo: true, isStroke: true, permission: 'rooms:write' })
    .input(z.object({ clientId, commands }))
    .mutation(async ({ ctx, input, signal }) => {
      const { seat, identity, services } = ctx;
      const room = { roomId: seat.roomId, kind: seat.access.kind };
      const caller =
        ctx.transport === 'socket' ? ctx.connection : await RequestConnection.open(services.live, identity, signal);
      try {
        const sender = { tab: caller.id, user: identity.user.id, left: caller.left };
        const isAdmitted = await services.commandPace.admit(sender, input.commands);
        if (caller.ended) throw new Refusal('SESSION_ENDED');
        if (!isAdmitted) throw new Refusal('TOO_MANY');
        const began = performance.now();
        const answer = await services.hub.send(room, () => (caller.ended ? null : actorAt(seat, identity)), input);
        services.meter.sent(answer.results.length, performance.now() - began);
        const denied = answer.results.filter((result) => !result.ok && result.code === 'forbidden').length;
        if (denied > 0) noteDeniedCommands(ctx, { identity, roomId: seat.roomId, count: denied });
        return answer;
      } finally {
        if (caller instanceof RequestConnection) caller.close();
      }
    }),
};

/** A room that is archived or frozen can be looked at, by whatever role. */
function effectiveRole({ role, archived, frozen }: Access): Role | null {
  return (archived || frozen) && role !== null ? 'viewer' : role;
}

function shownRole(access: Access): RoleChange {
  return {
    role: effectiveRole(access) ?? 'viewer',
    ...(access.archived && { archived: true }),
    ...(access.frozen && { frozen: true }),
  };
}

function actorAt(seat: Seat, { user, session }: Identity): Actor | null {
  const role = effectiveRole(seat.access);
  return role === null ? null : { userId: user.id, name: user.name, role, signIn: session.publicId };
}
