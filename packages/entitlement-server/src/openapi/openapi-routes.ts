import { Hono } from 'hono';

import type { ServerEnv } from '../http/server-env.js';

/**
 * `GET /openapi.json`: what this application does, and nothing that it does not: what an operation is documented by is the
 * route that answers it. It is made when somebody first asks, and until then not even loaded.
 */
export function openApiRoutes(app: Hono<ServerEnv>): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();
  let document: Promise<string> | undefined;

  routes.get('/openapi.json', async (c) => {
    document ??= describe(app);
    return c.body(await document, 200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache',
    });
  });

  return routes;
}

async function describe(app: Hono<ServerEnv>): Promise<string> {
  const { createOpenApiDocument } = await import('./openapi-document.js');
  const { OPERATIONS } = await import('./operations.js');
  const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
  const offered = OPERATIONS.filter(({ method, route }) =>
    routes.has(`${method === 'head' ? 'GET' : method.toUpperCase()} ${route}`),
  );

  return JSON.stringify(createOpenApiDocument(offered));
}
