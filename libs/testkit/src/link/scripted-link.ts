import type { KeyObject } from 'node:crypto';
import {
  domains,
  enrolRequestSchema,
  helloSchema,
  positionSchema,
  signedTextSchema,
  type AccessTokenClaims,
  type GuardEvent,
  type Position,
  type Report,
} from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import { SignJWT } from 'jose';
import { deskObjects, deskResource, deskServer } from './desk-objects.js';
import { Subscriber } from './subscriber.js';
import { LinkKeys } from './link-keys.js';
import { LinkListener } from './link-listener.js';
import { guardKeyOf, problem, ReportIntake, type AnswerScript, type Reply } from './report-intake.js';
import type { ScriptedBudgets } from './scripted-budgets.js';
import { ScriptedSlice, sealed, type Written } from './scripted-slice.js';

/** What a scripted link serves. Default: the support desk. */
export interface ScriptedLinkOptions {
  readonly server?: string;
  readonly resource?: string;
  readonly issuer?: string;
  /** What exists from the start. */
  readonly objects?: readonly Written[];
  /** The revision at which it does. Default: 1. */
  readonly revision?: number;
}

/**
 * A control plane's guard listener under a test's control: real sockets, real keys and signatures, the contract's words, and
 * a script in place of a database. Faults are switched on by the test: `deliver` for what happens to frames on the way,
 * `answers` for what happens to reports, `cut` and `restore` for the network.
 */
export class ScriptedLink {
  readonly keys: LinkKeys;
  readonly slice: ScriptedSlice;
  readonly intake: ReportIntake;
  readonly resource: string;
  /** What becomes of the frames of one delivery: leave some out, repeat, turn round, add old ones. */
  deliver: (frames: readonly string[]) => readonly string[] = (frames) => frames;
  /** The positions asked for, one per subscription. */
  readonly asked: (Position | undefined)[] = [];
  readonly #listener: LinkListener;
  readonly #joinTokens = new Map<string, string>();
  readonly #guards = new Map<string, KeyObject>();
  readonly #positions = new Map<Subscriber, Position | undefined>();

  private constructor(options: ScriptedLinkOptions) {
    const { server = deskServer, resource = deskResource, issuer = 'http://localhost:4000' } = options;
    this.keys = new LinkKeys(issuer);
    this.slice = new ScriptedSlice(server);
    this.slice.beginAt((options.revision ?? 1) - 1);
    this.slice.commit(options.objects ?? deskObjects());
    this.intake = new ReportIntake(this.keys, this.slice);
    this.resource = resource;
    this.#listener = new LinkListener({
      post: (path, body) => this.#post(path, body),
      admits: (hello) => this.#admits(hello),
      subscribe: (position) => this.#subscribe(position),
    });
  }

  static async start(options: ScriptedLinkOptions = {}): Promise<ScriptedLink> {
    const link = new ScriptedLink(options);
    await link.restore();
    return link;
  }

  get url(): string {
    return this.#listener.url;
  }

  get answers(): AnswerScript {
    return this.intake.script;
  }

  get budgets(): ScriptedBudgets {
    return this.intake.budgets;
  }

  get reports(): readonly Report[] {
    return this.intake.reports;
  }

  get events(): readonly GuardEvent[] {
    return this.intake.events;
  }

  get subscribers(): number {
    return this.#positions.size;
  }

  /** A join token that works once. */
  newJoinToken(): string {
    const { id, secret, text } = this.keys.newJoinToken();
    this.#joinTokens.set(id, secret);
    return text;
  }

  /** Writes objects under the next revision and sends it to every subscriber. */
  commit(...objects: readonly Written[]): number {
    const revision = this.slice.commit(objects);
    for (const subscriber of this.#positions.keys()) this.#bring(subscriber);
    return revision;
  }

  /** Sends a frame as it is to every subscriber. */
  push(frame: string): void {
    for (const subscriber of this.#positions.keys()) subscriber.push(frame);
  }

  /** A new life of the log, named by a key set of its own: every subscriber gets a snapshot of it. */
  newGeneration(): void {
    this.slice.newGeneration();
    this.keys.number += 1;
    for (const subscriber of this.#positions.keys()) this.#bring(subscriber);
  }

  /** An access token for the link's server, as the token endpoint would issue it; `claims` differ. Default: `cs-prod` as support. */
  async token(claims: Partial<AccessTokenClaims> = {}): Promise<string> {
    const agent = claims.agent ?? 'cs-prod';
    const issuedAt = Math.floor(this.answers.now() / 1000);
    return new SignJWT({
      iss: this.keys.issuer,
      aud: this.resource,
      sub: agent,
      client_id: agent,
      iat: issuedAt,
      exp: issuedAt + 300,
      jti: crypto.randomUUID(),
      agent,
      credential: `${agent}-secret`,
      instance: `${agent}-1`,
      role: 'support',
      environment: 'prod',
      task: 'execute',
      rev: this.slice.head,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: this.keys.token.kid })
      .sign(this.keys.token.privateKey);
  }

  closeFeeds(code: number): void {
    this.#listener.closeFeeds(code);
  }

  cut(): Promise<void> {
    return this.#listener.cut();
  }

  restore(): Promise<void> {
    return this.#listener.open();
  }

  close(): Promise<void> {
    return this.#listener.cut();
  }

  #post(path: string, body: unknown): Reply | undefined | Promise<Reply | undefined> {
    const text = signedTextSchema.parse(body);
    if (path === '/v1/enrol') return this.#enrol(text);
    if (path !== '/v1/report') return problem(404, 'not_found');
    const { guard } = JSON.parse(text.payload) as { guard: string };
    const key = this.#guards.get(guard);
    return key ? this.intake.take(text, key) : problem(403, 'guard_refused');
  }

  #enrol(text: { payload: string; signature: string }): Reply {
    const { joinToken, publicKey } = enrolRequestSchema.parse(JSON.parse(text.payload));
    const key = guardKeyOf(publicKey);
    if (!isSignedBy(domains.enrol, text, key)) return problem(401, 'signature_refused');
    if (this.#joinTokens.get(joinToken.id) !== joinToken.secret) return problem(403, 'join_token_refused');
    this.#joinTokens.delete(joinToken.id);
    const guard = `guard-${this.#guards.size + 1}`;
    this.#guards.set(guard, key);
    const { server, generation } = this.slice;
    const keySet = this.keys.keySet(generation);
    return { status: 200, body: { guard, server, resource: this.resource, rootKey: this.keys.rootKey, keySet } };
  }

  #admits(value: unknown): boolean {
    if (typeof value !== 'string') return false;
    const text = signedTextSchema.parse(JSON.parse(value));
    const hello = helloSchema.parse(JSON.parse(text.payload));
    const key = this.#guards.get(hello.guard);
    return (
      key !== undefined && isSignedBy(domains.hello, text, key) && Math.abs(this.answers.now() - hello.at) < 60_000
    );
  }

  #subscribe(text: string | null): Subscriber {
    const position = text === null ? undefined : positionSchema.parse(JSON.parse(text));
    const subscriber = new Subscriber((ended) => this.#positions.delete(ended));
    this.asked.push(position);
    this.#positions.set(subscriber, position);
    this.#bring(subscriber);
    return subscriber;
  }

  /** Sends what lies between the subscriber's position and the head; it then stands there, whatever becomes of the frame. */
  #bring(subscriber: Subscriber): void {
    const { generation, head } = this.slice;
    const position = this.#positions.get(subscriber);
    if (position?.generation === generation.id && position.revision === head) return;
    const envelope = this.slice.envelopeFor(position, this.keys.feed.kid);
    this.#positions.set(subscriber, { generation: generation.id, revision: envelope.through, digest: envelope.digest });
    const frame = JSON.stringify(sealed(envelope, this.keys.feed));
    for (const each of this.deliver([frame])) subscriber.push(each);
  }
}

/** Starts a scripted link on a free port. */
export function scriptedLink(options: ScriptedLinkOptions = {}): Promise<ScriptedLink> {
  return ScriptedLink.start(options);
}
