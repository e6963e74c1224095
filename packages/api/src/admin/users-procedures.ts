import {
  adminsBeside,
  deleteSession,
  findSessionByPublicId,
  listRoomsOf,
  listSessions,
  type ScopedTx,
  searchAuditEvents,
  searchUsers,
  setUserDisabled,
  setUserRole,
} from '@atrium/db';
import { z } from 'zod';
import { adminHttpProcedure, adminProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { type Act, actAs, lookAs } from './act.ts';
import { theUser } from './find.ts';
import { cursorOf, pageOf, pageSize, readCursor, toAdminAuditEvent, toAdminUser } from './to-admin.ts';
import type { AdminSession, AdminUser, AdminUserDetail, Page } from './wire.ts';

const ofUser = z.object({ userId: z.uuid() });
const text = z.string().trim().max(200).default('');
const filter = z.enum(['all', 'admins', 'disabled', 'guests', 'unconfirmed']).default('all');

export const usersProcedures = {
  users: adminProcedure()
    .input(z.object({ text, filter, after: z.string().max(80).optional() }).prefault({}))
    .query(async ({ ctx, input }): Promise<Page<AdminUser>> => {
      const search = { text: input.text, filter: input.filter, after: readCursor(input.after), most: pageSize + 1 };
      return pageOf(await lookAs(ctx, (tx) => searchUsers(tx, search)), toAdminUser, cursorOf);
    }),

  user: adminProcedure()
    .input(ofUser)
    .query(({ ctx, input: { userId } }): Promise<AdminUserDetail> => {
      return lookAs(ctx, async (tx) => {
        const user = await theUser(tx, userId);
        const recent = await searchAuditEvents(tx, { person: userId, most: 20 });
        const memberOf = (await listRoomsOf(tx, userId)).map(({ id, title, role }) => ({ id, title, role }));
        return { ...toAdminUser(user), memberOf, recent: recent.map(toAdminAuditEvent) };
      });
    }),

  setRole: adminProcedure({ isSudo: true })
    .input(ofUser.extend({ role: z.enum(['user', 'admin']) }))
    .mutation(async ({ ctx, input: { userId, role } }) => {
      const act = { action: 'admin-role-changed', userId, detail: { role } } as const;
      await actAs(ctx, ifChanged(act), async (tx) => {
        const user = await theUser(tx, userId);
        if (role === 'admin' && (user.isGuest || user.confirmedAt === null))
          throw new Refusal('NOT_ALLOWED', 'An administrator has an account with a confirmed address.');
        if (role === 'user') await keepAnAdmin(tx, userId);
        return setUserRole(tx, userId, role);
      });
      return {};
    }),

  /** Signs them out everywhere, at once and for as long as it lasts; nothing of theirs is deleted. */
  disable: adminProcedure({ isSudo: true })
    .input(ofUser)
    .mutation(async ({ ctx, input: { userId } }) => {
      await actAs(ctx, ifChanged({ action: 'admin-disabled', userId }), async (tx) => {
        await theUser(tx, userId);
        await keepAnAdmin(tx, userId);
        return setUserDisabled(tx, userId, new Date());
      });
      ctx.services.live.onEnding({ type: 'user', userId, reason: 'disabled' });
      return {};
    }),

  enable: adminProcedure({ isSudo: true })
    .input(ofUser)
    .mutation(async ({ ctx, input: { userId } }) => {
      await actAs(ctx, ifChanged({ action: 'admin-enabled', userId }), async (tx) => {
        await theUser(tx, userId);
        return setUserDisabled(tx, userId, null);
      });
      return {};
    }),

  sessions: adminProcedure()
    .input(ofUser)
    .query(async ({ ctx, input: { userId } }): Promise<AdminSession[]> => {
      const { live } = ctx.services;
      const rows = await lookAs(ctx, (tx) => listSessions(tx, userId));
      return rows.map((row) => ({
        ...{ publicId: row.publicId, label: row.label, place: row.ipPrefix, factors: row.factors },
        current: row.publicId === ctx.identity.session.publicId,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        remembered: row.isRemembered,
        impersonated: row.impersonatorId !== null,
        sockets: live.count(row.publicId),
        // Which rooms somebody is in stands with their rooms; what they look at now is theirs.
        rooms: [],
      }));
    }),

  revokeSession: adminProcedure({ isSudo: true })
    .input(z.object({ publicId: z.uuid() }))
    .mutation(async ({ ctx, input: { publicId } }) => {
      const detail = { session: publicId };
      await actAs(
        ctx,
        (userId: string) => ({ action: 'admin-session-ended', userId, detail }),
        async (tx) => {
          const session = await findSessionByPublicId(tx, publicId);
          if (!session || !(await deleteSession(tx, publicId, 'signed-out-elsewhere')))
            throw new Refusal('NOT_FOUND', 'This session is over already.');
          return session.userId;
        },
      );
      ctx.services.live.end(publicId, 'signed-out-elsewhere');
      return {};
    }),

  /** This browser acts as somebody else for an hour at most; `auth.stopImpersonating` takes it back. */
  impersonate: adminHttpProcedure({ isSudo: true })
    .input(ofUser)
    .mutation(async ({ ctx, input: { userId } }) => {
      const started = await actAs(ctx, { action: 'admin-impersonated', userId }, async (tx) => {
        const user = await theUser(tx, userId);
        if (user.id === ctx.identity.user.id) throw new Refusal('NOT_ALLOWED', 'You are this person already.');
        if (user.role === 'admin') throw new Refusal('NOT_ALLOWED', 'Nobody acts as an administrator.');
        if (user.disabledAt !== null)
          throw new Refusal('NOT_ALLOWED', 'Nobody can sign in to a disabled account: enable it first.');
        return ctx.services.sessions.impersonate(ctx.identity, userId, ctx.device);
      });
      ctx.setCookie({ token: started.token, remember: false });
      return {};
    }),
};

async function keepAnAdmin(tx: ScopedTx, userId: string): Promise<void> {
  if ((await adminsBeside(tx, userId)) === 0) throw new Refusal('LAST_ADMIN');
}

/** What was so before is no act. */
function ifChanged(act: Act): (isChanged: boolean) => Act | null {
  return (isChanged) => (isChanged ? act : null);
}
