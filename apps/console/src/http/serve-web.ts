import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../api/common/allow.ts';

const builtFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Serves the built web UI: each page is index.html, which finds its way itself. */
export function serveWeb(app: OpenAPIHono<ApiEnv>, folder = builtFolder): void {
  if (!existsSync(folder)) {
    app.get('/', (context) =>
      context.text('The Ringfence Console is running. Its web UI is not built: run "npm run build".\n'),
    );
    return;
  }
  app.use(
    '/assets/*',
    serveStatic({
      root: folder,
      // Their names hold a hash of their content.
      onFound: (_path, context) => context.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  app.use('*', serveStatic({ root: folder, onFound: (_path, context) => noCache(context) }));
  const index = serveStatic({
    root: folder,
    path: 'index.html',
    onFound: (_path, context) => noCache(context),
  });
  app.get('*', async (context, next) => {
    const { path } = context.req;
    const isPage = !path.startsWith('/api/') && !path.startsWith('/assets/');
    return isPage ? index(context, next) : next();
  });
}

const noCache = (context: { header: (name: string, value: string) => void }) =>
  context.header('Cache-Control', 'no-cache');
