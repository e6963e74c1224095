import { type AuditEvent, listAuditEvents } from '@atrium/db';
import type { AuditAction } from '@atrium/auth';
import { z } from 'zod';
import { userProcedure } from '../policy/procedure.ts';
import type { Activity, ActivityPage } from '../wire.ts';

const pageSize = 30;

/** What happened to one's own account: row-level security shows no other. Newest first, from `before` (an id) down. */
export const activity = userProcedure({ permission: 'account:read' })
  .input(
    z
      .object({
        before: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
      })
      .optional(),
  )
  .query(async ({ ctx, input }): Promise<ActivityPage> => {
    const { id: userId } = ctx.identity.user;
    const before = input?.before === undefined ? null : Number(input.before);
    // One more than a page, to know whether there is another one.
    const events = await ctx.services.db.withScope({ user: userId }, (tx) =>
      listAuditEvents(tx, { userId, before, most: pageSize + 1 }),
    );
    const items = events.slice(0, pageSize).map(toActivity);
    return { items, next: events.length > pageSize ? (items.at(-1)?.id ?? null) : null };
  });

export function toActivity({ id, at, action, result, userId, actorId, detail, ...from }: AuditEvent): Activity {
  // Where somebody else was when they did it, and with what, is their own business.
  const isOwn = actorId === null || actorId === userId;
  const { place, label } = isOwn ? from : { place: '', label: '' };
  // Rows are written through the audit trail alone, which takes no other action.
  return { id: String(id), at: at.toISOString(), action: action as AuditAction, result, place, label, detail };
}
