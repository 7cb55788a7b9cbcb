import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  MessageExtraInfo,
} from '@modelcontextprotocol/sdk/types.js';
import type { Denial, Guard, VerifiedCaller } from '@portcullis/guard';
import { callerOf } from './caller.js';
import { pageOf, withTools, type AnnouncedTool } from './catalogue.js';
import type { ClosedAnswers } from './closed-answers.js';
import { denialResult } from './denial-result.js';
import { Exchanges, type Exchange } from './exchange.js';
import { amendHandshake } from './handshake.js';
import {
  internalError,
  hasContent,
  isNotification,
  isRecord,
  isRequest,
  isResponse,
  openNotifications,
  treatmentOf,
  type RpcRequest,
  type RpcResponse,
} from './rpc.js';
import { runToolCall } from './tool-call.js';
import { withoutCredentials } from './without-credentials.js';

/** What a session wants to know of the traffic. */
export interface TrafficListener {
  readonly onInitialized: (extra: MessageExtraInfo | undefined) => void;
  readonly onServerListChanged: () => void;
  /** A page of the server's own list, on its way to the client. */
  readonly onListed: (page: readonly AnnouncedTool[]) => void;
  /** The hash of what this server says of the tool now. */
  readonly definitionOf: (tool: string, extra: MessageExtraInfo | undefined) => Promise<string | undefined>;
  /** Whether the client may be told what belongs to none of its requests. */
  readonly mayHear: () => boolean;
}

export const listChanged = 'notifications/tools/list_changed';

/**
 * Stands between an SDK server and its HTTP transport, on JSON-RPC messages: every request is treated by its method before the
 * server sees it, every response before the client does. Any server works, high-level or low-level.
 */
export class GuardedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #exchanges = new Exchanges();
  /** A call of which something is taken out has run: what belongs to no call may be about that one, now or later. */
  #isTight = false;

  constructor(
    private readonly inner: StreamableHTTPServerTransport,
    private readonly guard: Pick<Guard, 'consult' | 'lists' | 'filters'>,
    private readonly closedAnswers: ClosedAnswers,
    private readonly traffic: TrafficListener,
  ) {}

  get sessionId(): string | undefined {
    return this.inner.sessionId;
  }

  async start(): Promise<void> {
    this.inner.onmessage = (message, extra) => this.#receive(message, withoutCredentials(extra));
    this.inner.onerror = (error) => this.onerror?.(error);
    this.inner.onclose = () => this.#closed();
    await this.inner.start();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  /** Whether the client's id is in use: a second request with it could receive the first one's answer. */
  isInFlight(clientId: unknown): boolean {
    return this.#exchanges.byClientId(clientId) !== undefined;
  }

  /** Asks the server on the guard's own behalf; nothing of it reaches the client. */
  ask(request: RpcRequest, extra: MessageExtraInfo | undefined): Promise<RpcResponse> {
    return new Promise((resolve) => {
      const exchange = this.#exchanges.open(undefined, resolve);
      this.#forward(exchange, request, extra);
    });
  }

  notifyListChanged(): Promise<void> {
    return this.inner.send({ jsonrpc: '2.0', method: listChanged });
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (isResponse(message)) return this.#serverAnswered(message);
    if (isNotification(message) && message.method === listChanged) return this.traffic.onServerListChanged();
    if (options?.relatedRequestId === undefined) {
      if (this.traffic.mayHear() && (!hasContent(message) || this.#mayTell())) return this.inner.send(message, options);
    } else {
      const exchange = this.#exchanges.byId(options.relatedRequestId);
      const isDead = exchange === undefined || exchange.isOver || exchange.clientId === undefined;
      if (!isDead && exchange.call?.mayTell() !== false)
        return this.inner.send(message, { ...options, relatedRequestId: exchange.clientId });
    }
    if (isRequest(message))
      throw new Error('The call this request belongs to is over, or may say nothing but its result');
  }

  /** Something that belongs to no call may be about any that runs. */
  #mayTell(): boolean {
    if (this.#isTight) return false;
    const answers = this.#exchanges.running.map(({ call, isOver }) => call?.mayTell() !== false || isOver);
    return !answers.includes(false);
  }

  #receive(message: JSONRPCMessage, extra: MessageExtraInfo | undefined): void {
    if (isRequest(message)) this.#request(message, extra);
    else if (isNotification(message)) this.#notification(message, extra);
    else this.onmessage?.(message, extra);
  }

  #request(request: JSONRPCRequest, extra: MessageExtraInfo | undefined): void {
    const exchange = this.#exchanges.open(request.id);
    this.#treat(exchange, request, extra).catch((error: unknown) => {
      this.onerror?.(asError(error));
      return this.#answer(exchange, internalError(request.id)).catch(() => undefined);
    });
  }

  async #treat(exchange: Exchange, request: JSONRPCRequest, extra: MessageExtraInfo | undefined): Promise<void> {
    const caller = callerOf(extra?.authInfo);
    const treatment = caller === undefined ? 'closed' : treatmentOf(request);
    if (caller === undefined || treatment === 'closed') {
      return this.#answer(exchange, await this.closedAnswers(request));
    }
    if (treatment === 'call') return this.#call(exchange, request, caller, extra);
    exchange.finish = (response) => {
      if (treatment === 'list') return this.#answer(exchange, this.#listFor(caller, response));
      return this.#answer(exchange, treatment === 'initialize' ? amendHandshake(response) : response);
    };
    this.#forward(exchange, request, extra);
  }

  /** Each tool is judged by what this very response says of it. */
  #listFor(caller: VerifiedCaller, response: RpcResponse): RpcResponse {
    const page = pageOf(response);
    this.traffic.onListed(page);
    const listed = page.filter(({ name, definition }) => this.guard.lists(caller, name, definition));
    return withTools(response, listed, ({ name, definition }) => this.guard.filters(caller, name, definition));
  }

  async #call(
    exchange: Exchange,
    request: JSONRPCRequest,
    caller: VerifiedCaller,
    extra: MessageExtraInfo | undefined,
  ): Promise<void> {
    const tool = String(request.params?.['name']);
    const definition = await this.traffic.definitionOf(tool, extra);
    if (exchange.isOver) return;
    const verdict = await this.guard.consult(caller, tool, request.params?.['arguments'] ?? {}, definition);
    if ('isFiltered' in verdict && verdict.isFiltered) this.#isTight = true;
    return runToolCall(exchange, verdict, {
      forward: () => this.#forward(exchange, request, extra),
      release: (response) => this.#answer(exchange, response),
      deny: async (denial) => this.#answer(exchange, await this.#denialResponse(request, denial)),
      abort: (denial) => {
        this.#cancelInServer(exchange, 'Stopped by Portcullis');
        this.#denialResponse(request, denial)
          .then((response) => this.#answer(exchange, response))
          .catch((error: unknown) => this.onerror?.(asError(error)));
      },
    });
  }

  async #denialResponse(request: JSONRPCRequest, denial: Denial): Promise<RpcResponse> {
    if (denial.hidden && denial.meta.outcome !== 'aborted') return this.closedAnswers(request);
    return { result: denialResult(denial.meta), jsonrpc: '2.0', id: request.id };
  }

  #forward(exchange: Exchange, request: RpcRequest, extra: MessageExtraInfo | undefined): void {
    exchange.isForwarded = true;
    this.onmessage?.({ ...request, jsonrpc: '2.0', id: exchange.id } satisfies JSONRPCRequest, extra);
  }

  async #serverAnswered(response: RpcResponse): Promise<void> {
    const exchange = this.#exchanges.byId(response.id);
    if (exchange === undefined) return;
    if (exchange.call?.isFiltered === true) this.#isTight = true;
    if (exchange.isOver) {
      exchange.call?.release('ok');
      this.#exchanges.end(exchange, true);
      return;
    }
    await exchange.finish(response);
  }

  async #answer(exchange: Exchange, response: RpcResponse): Promise<void> {
    if (exchange.isOver || exchange.clientId === undefined) return;
    this.#exchanges.end(exchange, !exchange.isForwarded || exchange.call?.isLost !== true);
    await this.inner.send({ ...response, id: exchange.clientId });
  }

  #notification(notification: JSONRPCNotification, extra: MessageExtraInfo | undefined): void {
    if (notification.method === 'notifications/cancelled') return this.#cancelledByClient(notification);
    if (!openNotifications.has(notification.method)) return;
    this.onmessage?.(notification, extra);
    if (notification.method === 'notifications/initialized') this.traffic.onInitialized(extra);
  }

  #cancelledByClient(notification: JSONRPCNotification): void {
    const params: unknown = notification.params;
    const clientId = isRecord(params) ? params['requestId'] : undefined;
    const exchange = this.#exchanges.byClientId(clientId);
    if (exchange?.clientId === undefined) return;
    this.#exchanges.end(exchange, true);
    exchange.call?.release('error');
    if (exchange.isForwarded) this.#cancelInServer(exchange, 'Cancelled by the client');
    this.inner.closeSSEStream(exchange.clientId);
  }

  #cancelInServer(exchange: Exchange, reason: string): void {
    const cancelled = {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: exchange.id, reason },
    } as const;
    this.onmessage?.(cancelled);
  }

  #closed(): void {
    for (const exchange of this.#exchanges.endAll()) exchange.call?.release('error');
    this.onclose?.();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
