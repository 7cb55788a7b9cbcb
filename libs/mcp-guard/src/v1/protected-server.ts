import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ErrorCode, isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Guard, GuardOptions, VerifiedCaller } from '@portcullis/guard';
import { Announcer } from './announcer.js';
import type { ClosedAnswers } from './closed-answers.js';
import { FrontDoor } from './front-door.js';
import { header, sendRpcError, type HostRequest } from './http.js';
import { readMessage } from './read-message.js';
import { Session, type HostServer } from './session.js';
import { Sessions } from './sessions.js';

/** Builds one server for one session: a new instance at each call. */
export type BuildServer = () => HostServer | Promise<HostServer>;

export interface ProtectionParts {
  readonly guard: Guard;
  readonly resource: string | undefined;
  readonly closedAnswers: ClosedAnswers;
  readonly log: NonNullable<GuardOptions['log']>;
}

/** Everything between an HTTP request and the host's server. */
export class ProtectedServer {
  readonly #sessions = new Sessions<Session>();
  readonly #door: FrontDoor;
  readonly #announcer: Announcer;
  readonly #stopListening: () => void;
  #isRefreshDue = false;

  constructor(
    private readonly build: BuildServer,
    private readonly parts: ProtectionParts,
  ) {
    this.#door = new FrontDoor(parts.guard, parts.resource, parts.log);
    this.#announcer = new Announcer(parts.guard);
    this.#stopListening = parts.guard.onChange(() => this.#refreshSoon());
    this.#announcer.learn(async () => build()).catch((error: unknown) => this.#warn('catalogue not read', error));
  }

  async handle(request: HostRequest, response: ServerResponse): Promise<void> {
    try {
      const caller = await this.#door.admit(request, response);
      if (caller !== undefined) await this.#serve(request, response, caller);
    } catch (error) {
      this.#warn('request failed', error);
      sendRpcError(response, 500, ErrorCode.InternalError, 'Internal error');
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#sessions.closeAll();
  }

  async #serve(request: HostRequest, response: ServerResponse, caller: VerifiedCaller): Promise<void> {
    if (request.method !== 'POST' && request.method !== 'GET' && request.method !== 'DELETE') {
      return sendRpcError(response, 405, -32000, 'Method not allowed.', { allow: 'GET, POST, DELETE' });
    }
    const message = request.method === 'POST' ? await readMessage(request, response) : {};
    if (message === undefined) return;
    const id = header(request, 'mcp-session-id');
    if (id === undefined && isInitializeRequest(message)) return this.#open(request, response, message, caller);
    if (id === undefined) return sendRpcError(response, 400, -32000, 'Bad Request: Mcp-Session-Id header is required');

    const session = this.#sessions.find(id, caller);
    if (session === undefined) return sendRpcError(response, 404, -32001, 'Session not found');
    if ('method' in message && session.isInFlight(message['id'])) {
      return sendRpcError(response, 400, ErrorCode.InvalidRequest, 'Invalid Request: the request id is in use');
    }
    await session.handle(request, response, message, caller);
  }

  async #open(request: HostRequest, response: ServerResponse, message: unknown, caller: VerifiedCaller): Promise<void> {
    if (!(await this.#sessions.makeRoom(caller.claims.agent))) {
      return sendRpcError(response, 503, -32000, 'Too many sessions', { 'retry-after': '10' });
    }
    const session = await this.#newSession(caller);
    await session.connect();
    await session.handle(request, response, message, caller);
    if (!session.isOpen) await session.close();
  }

  async #newSession(caller: VerifiedCaller): Promise<Session> {
    const { guard, closedAnswers } = this.parts;
    return new Session(
      {
        id: randomUUID(),
        guard,
        closedAnswers,
        onOpen: (opened) => this.#sessions.add(opened),
        onClose: (closed) => this.#sessions.remove(closed),
        onCatalogue: (tools) => this.#announcer.announce(tools),
        onError: (error) => this.#warn('session error', error),
      },
      await this.build(),
      caller,
    );
  }

  // A swap must not wait for the lists of every session, and many swaps in a row need only one look.
  #refreshSoon(): void {
    if (this.#isRefreshDue) return;
    this.#isRefreshDue = true;
    setImmediate(() => {
      this.#isRefreshDue = false;
      for (const session of this.#sessions.all) this.#refresh(session);
    });
  }

  #refresh(session: Session): void {
    try {
      session.refresh(this.parts.guard);
    } catch (error) {
      this.#warn('session not refreshed', error);
    }
  }

  #warn(what: string, error: unknown): void {
    this.parts.log({ level: 'warn', what, error: error instanceof Error ? error.message : String(error) });
  }
}
