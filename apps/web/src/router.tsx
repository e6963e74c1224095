/**
 * All routes of the app, in groups, each with one guard (`session/guard.ts`). Whoever is in a group moves between its
 * pages without a new document and without a new socket. Pages are loaded when they are first visited.
 *
 * - `_public`: anybody, no guard (the sign-in pages alone send on whoever is signed in).
 * - `_app`: whoever is signed in, guests too; the others sign in and come back. The two below are in it:
 * - `_sudo`: what can open or take away the whole account. Asks for a proof before the page opens, if the last is old.
 * - `_admin`: administrators in their own name; everybody else is home, and learns nothing of what is there.
 *
 * A guard keeps pages from opening in vain. What may be done is decided by the server, with every call.
 */
import { useAtrium } from '@atrium/client/react';
import { Progress, SkipLink, ToastRegion } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { Suspense } from 'react';
import type { RouterContext } from './router-context.ts';
import { SudoPrompt } from './session/sudo-prompt.tsx';
import { requireAdmin, requireNoAccount, requireNoSession, requireProof, requireSession } from './session/guard.ts';
import { BareErrorPage, ErrorPage } from './shell/error-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PublicLayout } from './shell/public-layout.tsx';

/** Loaded when it is needed: hardly anybody ever sees it. */
const ActingBanner = lazyRouteComponent(() => import('./shell/acting-banner.tsx'), 'ActingBanner');

function Root() {
  const { api } = useAtrium();
  const isActing = useQuery(api.auth.me.query()).data?.session?.impersonatedBy != null;
  return (
    <>
      <SkipLink />
      <Suspense>{isActing && <ActingBanner />}</Suspense>
      <Outlet />
      <ToastRegion />
      <SudoPrompt />
    </>
  );
}

interface NextSearch {
  /** Where to go after signing in; checked by `returnPath` before it is followed. */
  readonly next?: string;
  /** Signs in although somebody is signed in: their session is about to end. */
  readonly again?: true;
}

function nextSearch(search: Record<string, unknown>): NextSearch {
  return {
    ...(typeof search['next'] === 'string' ? { next: search['next'] } : {}),
    ...(search['again'] === true ? { again: true } : {}),
  };
}

/** Pages that belong together are loaded together. */
const signInPages = () => import('./sign-in/pages.ts');
const mailLinkPages = () => import('./mail-link/pages.ts');
const roomsPages = () => import('./rooms/pages.ts');
const settingsPages = () => import('./settings/pages.ts');
const adminPages = () => import('./admin/pages.ts');

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Root, notFoundComponent: NotFoundPage });

const publicRoute = createRoute({ getParentRoute: () => rootRoute, id: '_public', component: PublicLayout });

const landingRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./landing/landing-page.tsx'), 'LandingPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): NextSearch & { readonly problem?: string } => ({
    ...nextSearch(search),
    ...(typeof search['problem'] === 'string' ? { problem: search['problem'] } : {}),
  }),
  beforeLoad: ({ context, search }) => (search.again ? undefined : requireNoSession({ context, next: search.next })),
  component: lazyRouteComponent(signInPages, 'SignInPage'),
});

const signUpRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  beforeLoad: ({ context, search }) => requireNoAccount({ context, next: search.next }),
  component: lazyRouteComponent(signInPages, 'SignUpPage'),
});

const signedOutRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/signed-out',
  validateSearch: (search: Record<string, unknown>): NextSearch & { readonly reason?: string } => ({
    ...nextSearch(search),
    ...(typeof search['reason'] === 'string' ? { reason: search['reason'] } : {}),
  }),
  component: lazyRouteComponent(signInPages, 'SignedOutPage'),
});

/** The pages that mails lead to. Their secret stands behind `#`; each is open to whoever is signed in as well. */
const forgotPasswordRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(mailLinkPages, 'ForgotPasswordPage'),
});

const magicLinkRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/magic-link',
  validateSearch: nextSearch,
  component: lazyRouteComponent(mailLinkPages, 'MagicLinkPage'),
});

const confirmRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/confirm',
  component: lazyRouteComponent(mailLinkPages, 'ConfirmPage'),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/reset-password',
  component: lazyRouteComponent(mailLinkPages, 'ResetPasswordPage'),
});

const confirmEmailChangeRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/confirm-email-change',
  component: lazyRouteComponent(mailLinkPages, 'ConfirmEmailChangePage'),
});

const mailLinkRoutes = [
  forgotPasswordRoute,
  magicLinkRoute,
  confirmRoute,
  resetPasswordRoute,
  confirmEmailChangeRoute,
] as const;

const inviteRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/invite',
  component: lazyRouteComponent(() => import('./invite/invite-page.tsx'), 'InvitePage'),
});

const lookRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/look/$roomId',
  component: lazyRouteComponent(() => import('./look/look-page.tsx'), 'LookPage'),
});

/** Where the link leads that the server prints while it has no administrator; its secret stands behind `#`. */
const setupRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup/setup-page.tsx'), 'SetupPage'),
});

/** Loaded after the page: nobody's session ends in its first moment. */
const ExpiryWarning = lazyRouteComponent(() => import('./session/expiry-warning.tsx'), 'ExpiryWarning');

function SignedIn() {
  return (
    <>
      <Outlet />
      <Suspense>
        <ExpiryWarning />
      </Suspense>
    </>
  );
}

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: '_app',
  beforeLoad: requireSession,
  component: SignedIn,
  errorComponent: BareErrorPage,
});

const framedRoute = createRoute({
  getParentRoute: () => appRoute,
  id: '_framed',
  component: lazyRouteComponent(() => import('./shell/app-layout.tsx'), 'AppLayout'),
});

const roomsRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/rooms',
  validateSearch: (search: Record<string, unknown>): { readonly archived?: true } =>
    search['archived'] === true ? { archived: true } : {},
  component: lazyRouteComponent(roomsPages, 'RoomsPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/settings',
  component: lazyRouteComponent(settingsPages, 'SettingsLayout'),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyRouteComponent(settingsPages, 'ProfilePage'),
});

const signInSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sign-in',
  component: lazyRouteComponent(settingsPages, 'SignInSettingsPage'),
});

const devicesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/devices',
  component: lazyRouteComponent(settingsPages, 'DevicesPage'),
});

const activityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/activity',
  component: lazyRouteComponent(settingsPages, 'ActivityPage'),
});

const sudoRoute = createRoute({ getParentRoute: () => settingsRoute, id: '_sudo', beforeLoad: requireProof });

const tokensRoute = createRoute({
  getParentRoute: () => sudoRoute,
  path: '/tokens',
  component: lazyRouteComponent(settingsPages, 'TokensPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => sudoRoute,
  path: '/data',
  component: lazyRouteComponent(settingsPages, 'DataPage'),
});

const settingsRoutes = settingsRoute.addChildren([
  profileRoute,
  signInSettingsRoute,
  devicesRoute,
  activityRoute,
  sudoRoute.addChildren([tokensRoute, dataRoute]),
]);

const membersRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/rooms/$roomId/members',
  component: lazyRouteComponent(roomsPages, 'MembersPage'),
});

const claimRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/claim',
  component: lazyRouteComponent(() => import('./claim/claim-page.tsx'), 'ClaimPage'),
});

const adminRoute = createRoute({
  getParentRoute: () => framedRoute,
  id: '_admin',
  beforeLoad: requireAdmin,
  component: lazyRouteComponent(adminPages, 'AdminLayout'),
});

/** A page of the control panel. */
function adminPage<Path extends string>(
  path: Path,
  name: Exclude<keyof Awaited<ReturnType<typeof adminPages>>, 'AdminLayout'>,
) {
  return createRoute({ getParentRoute: () => adminRoute, path, component: lazyRouteComponent(adminPages, name) });
}

const adminRoutes = adminRoute.addChildren([
  adminPage('/admin', 'DashboardPage'),
  adminPage('/admin/users', 'UsersPage'),
  adminPage('/admin/users/$userId', 'UserPage'),
  adminPage('/admin/rooms', 'RoomsAdminPage'),
  adminPage('/admin/rooms/$roomId', 'RoomAdminPage'),
  adminPage('/admin/audit', 'AuditPage'),
  adminPage('/admin/limits', 'LimitsPage'),
  adminPage('/admin/invites', 'InvitesAdminPage'),
  adminPage('/admin/simulator', 'SimulatorPage'),
]);

const roomRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rooms/$roomId',
  errorComponent: BareErrorPage,
  component: lazyRouteComponent(() => import('./room/room-page.tsx'), 'RoomPage'),
});

const routeTree = rootRoute.addChildren([
  publicRoute.addChildren([
    landingRoute,
    signInRoute,
    signUpRoute,
    signedOutRoute,
    inviteRoute,
    lookRoute,
    setupRoute,
    ...mailLinkRoutes,
  ]),
  appRoute.addChildren([
    framedRoute.addChildren([roomsRoute, membersRoute, settingsRoutes, claimRoute, adminRoutes]),
    roomRoute,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: () => <Progress label="Loading" />,
    defaultPendingMs: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
