import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router, type RequestHandler } from 'express';

const built = fileURLToPath(new URL('../../../console/dist', import.meta.url));
const ours = /^\/(graphql|oauth|health|metrics|stop|\.well-known)(\/|$)/;

/** Any page address gets the one document; the browser's router reads the rest of it. */
const anyPage: RequestHandler = (request, response, next) => {
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.accepts(['html', 'json']) === 'html' &&
    !ours.test(request.path);
  if (!isPage) return next();
  response.setHeader('cache-control', 'no-store');
  response.sendFile('index.html', { root: built });
};

/** The built console; files under `assets/` carry their hash in the name. */
export function consoleFiles(): Router {
  const router = Router();
  if (!existsSync(`${built}/index.html`)) return router;
  router.use('/assets', express.static(`${built}/assets`, { immutable: true, maxAge: '1y', fallthrough: true }));
  router.use(express.static(built, { index: false }));
  router.use(anyPage);
  return router;
}
