import { adminRouter } from './admin/admin-router.ts';
import { tokensRouter } from './api-token/tokens-router.ts';
import { accessRequestsRouter } from './access-request/access-requests-router.ts';
import { accountRouter } from './account/account-router.ts';
import { authRouter } from './account/auth-router.ts';
import { invitesRouter } from './invite/invites-router.ts';
import { membersRouter } from './member/members-router.ts';
import { roomsRouter } from './room/rooms-router.ts';
import { policiesOf } from './policy/assert-policies.ts';
import type { Policy } from './policy/policy.ts';
import { router } from './router-builder.ts';
import { sessionsRouter } from './session/sessions-router.ts';

/** Every procedure of Atrium. The browser imports its type alone. */
export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  sessions: sessionsRouter,
  tokens: tokensRouter,
  rooms: roomsRouter,
  members: membersRouter,
  invites: invitesRouter,
  accessRequests: accessRequestsRouter,
  admin: adminRouter(policies),
});

/** Every policy there is, for the simulator. */
function policies(): ReadonlyMap<string, Policy> {
  return policiesOf(appRouter);
}

export type AppRouter = typeof appRouter;
