import type { ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import type { Guard, VerifiedCaller } from '@portcullis/guard';
import { authInfoOf } from './caller.js';
import { readCatalogue, type AnnouncedTool } from './catalogue.js';
import type { ClosedAnswers } from './closed-answers.js';
import { GuardedTransport } from './guarded-transport.js';
import type { HostRequest } from './http.js';
import { SessionCatalogue } from './session-catalogue.js';
import { VisibleTools } from './visible-tools.js';

/** What the SDK's `McpServer` and `Server` have in common here. */
export interface HostServer {
  connect(transport: Transport): Promise<void>;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly id: string;
  readonly guard: Pick<Guard, 'consult' | 'lists' | 'filters'>;
  readonly closedAnswers: ClosedAnswers;
  readonly onOpen: (session: Session) => void;
  readonly onClose: (session: Session) => void;
  readonly onCatalogue: (tools: readonly AnnouncedTool[]) => void;
  readonly onError: (error: Error) => void;
}

const streamPollMs = 5;

/** One client's session: a server and a transport of its own, shared with nobody, bound to one agent and user. */
export class Session {
  readonly #visible: VisibleTools;
  readonly #catalogue: SessionCatalogue;
  #extra: MessageExtraInfo | undefined;
  readonly #transport: GuardedTransport;
  readonly #inner: StreamableHTTPServerTransport;
  #openResponses = 0;
  #openStreams = 0;
  #owesListChanged = false;
  lastUsedMs = performance.now();

  constructor(
    private readonly parts: SessionParts,
    private readonly server: HostServer,
    private caller: VerifiedCaller,
  ) {
    this.#visible = new VisibleTools(parts.guard);
    this.#catalogue = new SessionCatalogue({
      read: () => readCatalogue((request) => this.#transport.ask(request, this.#extra)),
      onRead: (tools) => this.#learn(tools),
      onError: parts.onError,
    });
    this.#inner = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => parts.id,
      onsessioninitialized: () => parts.onOpen(this),
    });
    this.#transport = new GuardedTransport(this.#inner, parts.guard, parts.closedAnswers, {
      onInitialized: (extra) => {
        this.#extra = extra;
        this.#catalogue.refresh();
      },
      onServerListChanged: () => this.#catalogue.refresh(),
      onListed: (page) => this.#catalogue.compare(page),
      definitionOf: (tool, extra) => {
        this.#extra = extra;
        return this.#catalogue.definitionOf(tool);
      },
      mayHear: () => this.#visible.isAnyLeft(this.caller),
    });
  }

  get id(): string {
    return this.parts.id;
  }

  get agent(): string {
    return this.caller.claims.agent;
  }

  /** Whether the handshake was taken and the session lives. */
  get isOpen(): boolean {
    return this.#inner.sessionId !== undefined;
  }

  get isIdle(): boolean {
    return this.#openResponses === 0;
  }

  async connect(): Promise<void> {
    this.#transport.onclose = () => this.parts.onClose(this);
    this.#transport.onerror = this.parts.onError;
    await this.server.connect(this.#transport);
  }

  /** A session id in another's hands is worth nothing: agent and user must be those it was opened for. */
  belongsTo(caller: VerifiedCaller): boolean {
    return caller.claims.agent === this.caller.claims.agent && caller.claims.user === this.caller.claims.user;
  }

  isInFlight(clientId: unknown): boolean {
    return this.#transport.isInFlight(clientId);
  }

  /** Serves one HTTP request of this session. The token was verified for this request; it may be a newer one than the last. */
  async handle(
    request: HostRequest,
    response: ServerResponse,
    message: unknown,
    caller: VerifiedCaller,
  ): Promise<void> {
    this.caller = caller;
    const isStream = request.method === 'GET';
    this.#count(1, isStream);
    response.once('close', () => this.#count(-1, isStream));
    if (isStream) this.#payWhenStreaming(response);
    await this.#inner.handleRequest(Object.assign(request, { auth: authInfoOf(caller) }), response, message);
  }

  /**
   * Authority may have changed: tells the client if its own list did. An agent that may not come in any more loses the stream on
   * which the server speaks unasked; one whose token has only expired will come with a new one.
   */
  refresh(guard: Pick<Guard, 'standsAgainst'>): void {
    const refusal = guard.standsAgainst(this.caller);
    if (refusal === undefined) {
      if (this.#visible.hasChanged(this.caller)) this.#tell();
    } else if (refusal.refused !== 'token_expired') {
      this.#inner.closeStandaloneSSEStream();
    }
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.#transport.close();
  }

  #learn(tools: readonly AnnouncedTool[]): void {
    this.parts.onCatalogue(tools);
    if (this.#visible.learn(tools, this.caller)) this.#tell();
  }

  #tell(): void {
    this.#owesListChanged = this.#openStreams === 0;
    if (!this.#owesListChanged) this.#transport.notifyListChanged().catch(this.parts.onError);
  }

  // The transport drops what it has no stream for, so a change before the stream opened is told once its headers are out.
  #payWhenStreaming(response: ServerResponse): void {
    if (response.destroyed) return;
    if (!response.headersSent) {
      setTimeout(() => this.#payWhenStreaming(response), streamPollMs).unref();
    } else if (this.#owesListChanged) {
      this.#tell();
    }
  }

  #count(by: 1 | -1, isStream: boolean): void {
    this.#openResponses += by;
    if (isStream) this.#openStreams += by;
    this.lastUsedMs = performance.now();
  }
}
