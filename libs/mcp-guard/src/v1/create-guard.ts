import { createGuard as createCoreGuard, type Guard, type GuardOptions } from '@portcullis/guard';
import { createClosedAnswers } from './closed-answers.js';
import type { HostEndpoint } from './http.js';
import { metadataEndpoint } from './metadata.js';
import { ProtectedServer, type BuildServer } from './protected-server.js';

/** How to start a guard for MCP servers of `@modelcontextprotocol/sdk` 1.x. */
export interface McpGuardOptions extends GuardOptions {
  /**
   * The address at which clients reach the protected server, as registered: tokens must be issued for it. Default: what the
   * control plane says. Give it when metadata must be right before the first contact. Anything but an absolute URL throws.
   */
  readonly resource?: string | undefined;
}

/** A guard that can stand before MCP servers. */
export interface McpGuard extends Guard {
  /**
   * The request handler for the MCP endpoint: verifies the token of every request, and its proof, keeps one server per session, decides
   * every `tools/call`, shows of `tools/list` what the caller may use, and closes every other method that acts.
   *
   * `buildServer` must return a new server at each call; it is also called once at the start, to read the tools' definitions.
   * On Express 5 the handler answers `/.well-known/oauth-protected-resource/…` as well; elsewhere mount `metadata()`.
   */
  protect(buildServer: BuildServer): HostEndpoint;
  /** Answers for the RFC 9728 metadata of the protected resource, for a host that mounts the well-known path itself. */
  metadata(): HostEndpoint;
}

/**
 * Starts a guard and lets it stand before MCP servers.
 *
 *     const guard = await createGuard({ url: 'http://localhost:4001', joinToken: process.env.PORTCULLIS_JOIN, state: './guard' });
 *     app.all('/mcp', guard.protect(() => buildServer()));
 *
 * It resolves without waiting for the control plane; until the first contact every request is refused. Throws `GuardError` for
 * options that can never work, as `createGuard` of `@portcullis/guard` does, and `TypeError` for a `resource` that is no URL.
 */
export async function createGuard(options: McpGuardOptions): Promise<McpGuard> {
  if (options.resource !== undefined) new URL(options.resource);
  const closedAnswers = await createClosedAnswers();
  return protecting(await createCoreGuard(options), closedAnswers, options);
}

function protecting(
  core: Guard,
  closedAnswers: Awaited<ReturnType<typeof createClosedAnswers>>,
  options: McpGuardOptions,
): McpGuard {
  const { resource, log = () => undefined } = options;
  const servers: ProtectedServer[] = [];
  return {
    get server() {
      return core.server;
    },
    get issuer() {
      return core.issuer;
    },
    get posture() {
      return core.posture;
    },
    get revision() {
      return core.revision;
    },
    ...asksOf(core),
    metadata: () => metadataEndpoint(core, resource),
    protect: (buildServer) => {
      const server = new ProtectedServer(buildServer, { guard: core, resource, closedAnswers, log });
      servers.push(server);
      return (request, response) => server.handle(request, response);
    },
    close: () => Promise.allSettled(servers.map((server) => server.close())).then(() => core.close()),
  };
}

type Asks = Omit<Guard, 'server' | 'issuer' | 'posture' | 'revision' | 'close'>;

/** The guard's own answers, passed on. */
function asksOf(core: Guard): Asks {
  return {
    verify: (token, shown) => core.verify(token, shown),
    standsAgainst: (caller) => core.standsAgainst(caller),
    dpopNonce: () => core.dpopNonce(),
    lists: (caller, tool, definition) => core.lists(caller, tool, definition),
    filters: (caller, tool, definition) => core.filters(caller, tool, definition),
    decide: (caller, tool, args, definition) => core.decide(caller, tool, args, definition),
    consult: (caller, tool, args, definition) => core.consult(caller, tool, args, definition),
    announce: (tools) => core.announce(tools),
    onChange: (listener) => core.onChange(listener),
  };
}
