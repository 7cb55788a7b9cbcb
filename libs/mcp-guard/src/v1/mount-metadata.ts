import type { HostEndpoint } from './http.js';

interface ExpressApp {
  readonly get: (path: string, handler: HostEndpoint) => unknown;
  readonly router: { readonly stack: unknown[] };
  readonly parent?: unknown;
}

function isExpressApp(value: unknown): value is ExpressApp {
  if (typeof value !== 'function' || !('get' in value) || !('router' in value)) return false;
  const router = value.router;
  return (
    typeof value.get === 'function' && typeof router === 'function' && 'stack' in router && Array.isArray(router.stack)
  );
}

/**
 * Answers the well-known path on the host's Express application, before its other routes: a catch-all or a 404 page that was
 * registered earlier would hide it. Returns false when the host is not Express 5; it must then mount `guard.metadata()` itself.
 */
export function mountMetadata(app: unknown, path: string, handler: HostEndpoint): boolean {
  if (!isExpressApp(app)) return false;
  let root = app;
  while (isExpressApp(root.parent)) root = root.parent;
  root.get(path, handler);
  const { stack } = root.router;
  stack.unshift(...stack.splice(-1));
  return true;
}
