import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { z } from 'zod';
import { sessionQuery } from '../api/session.ts';
import { auditSearch } from '../pages/audits/audit-search.ts';
import { findingSearch } from '../pages/findings/finding-search.ts';
import { radarSearch } from '../pages/radar/radar-search.ts';
import { SetupPage } from '../pages/setup/setup-page.tsx';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

const word = z.string().optional().catch(undefined);

const root = createRootRoute({ component: Outlet });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href } });
    return { session };
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/audits' });
  },
});

const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: SetupPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only a path of this Console: never lead to another site after signing in.
  validateSearch: z.object({
    to: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  }),
  component: SignInPage,
});

const audits = createRoute({
  getParentRoute: () => signedIn,
  path: '/audits',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../pages/audits/audits-page.tsx'), 'AuditsPage'),
});

const findings = createRoute({
  getParentRoute: () => signedIn,
  path: '/findings',
  validateSearch: findingSearch,
  component: lazyRouteComponent(() => import('../pages/findings/findings-page.tsx'), 'FindingsPage'),
});

const radar = createRoute({
  getParentRoute: () => signedIn,
  path: '/radar',
  validateSearch: radarSearch,
  component: lazyRouteComponent(() => import('../pages/radar/radar-page.tsx'), 'RadarPage'),
});

const policy = createRoute({
  getParentRoute: () => signedIn,
  path: '/policy',
  validateSearch: z.object({
    view: z
      .enum(['rules', 'waas', 'collections', 'explain', 'settings', 'yaml', 'history'])
      .optional()
      .catch(undefined),
    cloud: word,
    account: word,
    region: word,
    function: word,
    runtime: word,
    arch: word,
    rule: word,
    field: word,
    classes: word,
  }),
  component: lazyRouteComponent(() => import('../pages/policy/policy-page.tsx'), 'PolicyPage'),
});

const defenders = createRoute({
  getParentRoute: () => signedIn,
  path: '/defenders',
  validateSearch: z.object({ open: word }),
  beforeLoad: ({ context }) => {
    if (context.session.role !== 'admin') throw redirect({ to: '/audits' });
  },
  component: lazyRouteComponent(() => import('../pages/defenders/defenders-page.tsx'), 'DefendersPage'),
});

const models = createRoute({
  getParentRoute: () => signedIn,
  path: '/models',
  component: lazyRouteComponent(() => import('../pages/models/models-page.tsx'), 'ModelsPage'),
});

const playground = createRoute({
  getParentRoute: () => signedIn,
  path: '/playground',
  validateSearch: z.object({ text: word }),
  component: lazyRouteComponent(() => import('../pages/playground/playground-page.tsx'), 'PlaygroundPage'),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    setup,
    signIn,
    signedIn.addChildren([audits, findings, radar, policy, models, playground, defenders, settings]),
  ]),
  // Every value in the address is plain text; the routes' schemas give it meaning.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
});

function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-xl p-6">
      <ProblemNotice error={error} onRetry={() => router.invalidate().then(reset)} />
    </div>
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
