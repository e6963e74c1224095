/**
 * All routes of the app. Two groups, each with one guard: `_public` needs no account, `_app` does. Pages are loaded when
 * they are first visited; moving between them never loads the document again.
 */
import { Progress, SkipLink, ToastRegion } from '@atrium/ui';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import type { RouterContext } from './router-context.ts';
import { requireNoSession, requireSession } from './session/guard.ts';
import { AppLayout } from './shell/app-layout.tsx';
import { BareErrorPage, ErrorPage } from './shell/error-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PublicLayout } from './shell/public-layout.tsx';

function Root() {
  return (
    <>
      <SkipLink />
      <Outlet />
      <ToastRegion />
    </>
  );
}

interface NextSearch {
  /** Where to go after signing in; checked by `returnPath` before it is followed. */
  readonly next?: string;
}

function nextSearch(search: Record<string, unknown>): NextSearch {
  return typeof search['next'] === 'string' ? { next: search['next'] } : {};
}

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
  beforeLoad: ({ context, search }) => requireNoSession({ context, next: search.next }),
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signUpRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  beforeLoad: ({ context, search }) => requireNoSession({ context, next: search.next }),
  component: lazyRouteComponent(() => import('./sign-in/sign-up-page.tsx'), 'SignUpPage'),
});

const signedOutRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/signed-out',
  validateSearch: (search: Record<string, unknown>): NextSearch & { readonly reason?: string } => ({
    ...nextSearch(search),
    ...(typeof search['reason'] === 'string' ? { reason: search['reason'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./sign-in/signed-out-page.tsx'), 'SignedOutPage'),
});

const inviteRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/invite',
  component: lazyRouteComponent(() => import('./invite/invite-page.tsx'), 'InvitePage'),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: '_app',
  beforeLoad: requireSession,
  errorComponent: BareErrorPage,
});

const framedRoute = createRoute({ getParentRoute: () => appRoute, id: '_framed', component: AppLayout });

const roomsRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/rooms',
  validateSearch: (search: Record<string, unknown>): { readonly archived?: true } =>
    search['archived'] === true ? { archived: true } : {},
  component: lazyRouteComponent(() => import('./rooms/rooms-page.tsx'), 'RoomsPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});

const roomRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rooms/$roomId',
  errorComponent: BareErrorPage,
  component: lazyRouteComponent(() => import('./room/room-page.tsx'), 'RoomPage'),
});

const routeTree = rootRoute.addChildren([
  publicRoute.addChildren([landingRoute, signInRoute, signUpRoute, signedOutRoute, inviteRoute]),
  appRoute.addChildren([framedRoute.addChildren([roomsRoute, settingsRoute]), roomRoute]),
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
