import { z } from 'zod';
import { adminProcedure, adminSocketProcedure } from '../policy/procedure.ts';
import { refuseStream } from '../denial/note-denial.ts';
import { Refusal } from '../refusal.ts';
import { actAs } from './act.ts';
import type { AdminLimit, AdminLive } from './wire.ts';

const mostHeldShown = 50;

export const serverProcedures = {
  limits: adminProcedure().query(({ ctx }): AdminLimit[] => {
    return ctx.services.limitBook.states.map(({ name, words, points, duration, refused, held }) => ({
      ...{ name, words, most: points, per: duration, refused },
      held: held.slice(0, mostHeldShown).map(({ key, until }) => ({ key, until: new Date(until).toISOString() })),
    }));
  }),

  /** Forgives what was counted against a key: a person, a network, an address. */
  liftLimit: adminProcedure({ isSudo: true })
    .input(z.object({ name: z.string().max(60), key: z.string().max(400) }))
    .mutation(async ({ ctx, input: { name, key } }) => {
      const { limitBook } = ctx.services;
      const userId = ctx.identity.user.id;
      // The key may be somebody's address, which the log holds of nobody else.
      const act = { action: 'admin-limit-lifted', userId, detail: { limit: name } } as const;
      await actAs(ctx, act, async () => {
        if (!limitBook.holds(name, key)) throw new Refusal('NOT_FOUND', 'Nobody is held back by that any more.');
      });
      await limitBook.lift(name, key);
      return {};
    }),

  /** One look a second, until the administrator leaves or is none any more. */
  live: adminSocketProcedure().subscription(async function* ({ ctx, signal }): AsyncGenerator<AdminLive> {
    const { services, connection, identity } = ctx;
    const { live, hub, denials, meter, adminStreams } = services;
    const over = new AbortController();
    let isLowered = false;
    const end = () => {
      isLowered = true;
      over.abort();
    };
    const leave = await adminStreams.add({ userId: identity.user.id, end });
    const left = [over.signal, connection.left, ...(signal ? [signal] : [])];
    try {
      for await (const look of meter.watch({ live, hub, denials }, AbortSignal.any(left))) {
        if (isLowered || connection.ended) break;
        yield look;
      }
      if (isLowered) throw new Refusal('NOT_ALLOWED', 'You are not an administrator any more.');
    } catch (error) {
      throw refuseStream(ctx, { path: 'admin.live', input: undefined, error });
    } finally {
      leave();
    }
  }),
};
