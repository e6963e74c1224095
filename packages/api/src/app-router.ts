import { tokensRouter } from './api-token/tokens-router.ts';
import { accessRequestsRouter } from './access-request/access-requests-router.ts';
import { accountRouter } from './account/account-router.ts';
import { authRouter } from './account/auth-router.ts';
import { invitesRouter } from './invite/invites-router.ts';
import { membersRouter } from './member/members-router.ts';
import { roomsRouter } from './room/rooms-router.ts';
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
});

export type AppRouter = typeof appRouter;
