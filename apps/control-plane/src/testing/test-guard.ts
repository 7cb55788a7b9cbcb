import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import {
  domains,
  envelopePayloadSchema,
  feedDocument,
  parseJoinToken,
  reportAnswerSchema,
  signedTextSchema,
  type Batch,
  type Domain,
  type EnrolAnswer,
  type Entry,
  type EnvelopePayload,
  type Position,
  type Report,
  type ReportAnswer,
  type SignedText,
} from '@portcullis/contracts';
import { digestOf, isSignedBy, signText } from '@portcullis/contracts/signed';
import { chainBatch, firstPrevious } from '@portcullis/ledger';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from './until.js';

export interface HttpAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export async function post(url: string, body: unknown): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The smallest thing that speaks a guard's side of the link, and that can also speak it wrongly. */
export class TestGuard {
  readonly boot: string = randomUUID();
  readonly key: KeyObject;
  readonly #public: KeyObject;
  #previous = firstPrevious;
  #number = 0;

  constructor(
    readonly url: string,
    readonly feedKey: KeyObject,
    public id = '',
    keys = generateKeyPairSync('ed25519'),
  ) {
    this.key = keys.privateKey;
    this.#public = keys.publicKey;
  }

  /** The same identity in another life. */
  reboot(): TestGuard {
    return new TestGuard(this.url, this.feedKey, this.id, { privateKey: this.key, publicKey: this.#public });
  }

  sign(domain: Domain, payload: unknown): SignedText {
    return signText(domain, JSON.stringify(payload), this.key);
  }

  enrolRequest(joinToken: string): SignedText {
    const token = parseJoinToken(joinToken);
    if (!token) throw new Error('not a join token');
    const { id, secret } = token;
    return this.sign(domains.enrol, {
      v: 1,
      joinToken: { id, secret },
      publicKey: this.#public.export({ format: 'jwk' }),
      boot: this.boot,
      capabilities: [],
    });
  }

  async enrol(joinToken: string): Promise<EnrolAnswer> {
    const { status, body } = await post(`${this.url}/v1/enrol`, this.enrolRequest(joinToken));
    if (status !== 200) throw new Error(`enrol: ${JSON.stringify(body)}`);
    const answer = body as unknown as EnrolAnswer;
    this.id = answer.guard;
    return answer;
  }

  batch(...events: object[]): Batch {
    const texts = events.map((event) => JSON.stringify(event));
    const batch = {
      number: this.#number + 1,
      previous: this.#previous,
      events: texts,
      hash: chainBatch(this.#previous, texts),
    };
    this.#number = batch.number;
    this.#previous = batch.hash;
    return batch;
  }

  reportOf(fields: Partial<Report> = {}): Report {
    const nonce = randomBytes(16).toString('base64url');
    return {
      v: 1,
      guard: this.id,
      boot: this.boot,
      nonce,
      holds: null,
      keySet: 0,
      posture: 'severed',
      inFlight: 0,
      previousBoot: null,
      batch: null,
      ...fields,
    };
  }

  send(fields: Partial<Report> = {}): Promise<HttpAnswer> {
    return post(`${this.url}/v1/report`, this.sign(domains.report, this.reportOf(fields)));
  }

  async report(fields: Partial<Report> = {}): Promise<ReportAnswer> {
    const { status, body } = await this.send(fields);
    if (status !== 200) throw new Error(`report: ${status} ${JSON.stringify(body)}`);
    const text = signedTextSchema.parse(body);
    if (!isSignedBy(domains.answer, text, this.feedKey)) throw new Error('the answer is not signed by the feed key');
    return reportAnswerSchema.parse(JSON.parse(text.payload));
  }

  hello(fields: object = {}): SignedText {
    return this.sign(domains.hello, {
      v: 1,
      guard: this.id,
      boot: this.boot,
      nonce: randomBytes(16).toString('base64url'),
      at: Date.now(),
      ...fields,
    });
  }

  follow(options: { hello?: SignedText; position?: Position; operation?: string } = {}): TestFollower {
    return new TestFollower(this, options.hello ?? this.hello(), options.position, options.operation ?? '1');
  }
}

/** A follower that applies what it gets and complains about nothing; the spec does that. */
export class TestFollower {
  readonly envelopes: EnvelopePayload[] = [];
  readonly held = new Map<string, Entry>();
  closeCode: number | undefined;
  socket: WebSocket | undefined;
  readonly #stop: () => void;

  constructor(guard: TestGuard, hello: SignedText, position: Position | undefined, operation: string) {
    const keep = (socket: WebSocket) => (this.socket = socket);
    class KeptSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        keep(this);
      }
    }
    const client = createClient({
      url: `${guard.url.replace('http', 'ws')}/v1/feed`,
      webSocketImpl: KeptSocket,
      connectionParams: { hello },
      generateID: () => operation,
      retryAttempts: 0,
      lazy: true,
    });
    client.on('closed', (event) => (this.closeCode = (event as { code: number }).code));
    client.subscribe<{ feed: string }>(
      { query: feedDocument, variables: { position: position ? JSON.stringify(position) : null } },
      {
        next: ({ data }) => this.#take(data?.feed ?? '', guard.feedKey),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    this.#stop = () => client.terminate();
  }

  get revision(): number {
    return this.envelopes.at(-1)?.through ?? -1;
  }

  get position(): Position {
    const last = this.envelopes.at(-1);
    if (!last) throw new Error('nothing was received yet');
    return { generation: last.generation.id, revision: last.through, digest: last.digest };
  }

  get digest(): string {
    return digestOf(this.held.values());
  }

  at(revision: number): Promise<true> {
    return until(`a follower at revision ${revision}, now at ${this.revision}`, () => this.revision >= revision);
  }

  closed(): Promise<number> {
    return until('the socket to be closed', () => this.closeCode);
  }

  stop(): void {
    this.#stop();
  }

  #take(text: string, feedKey: KeyObject): void {
    const signed = signedTextSchema.parse(JSON.parse(text));
    if (!isSignedBy(domains.feed, signed, feedKey)) throw new Error('a frame is not signed by the feed key');
    const envelope = envelopePayloadSchema.parse(JSON.parse(signed.payload));
    if (envelope.kind === 'snapshot') this.held.clear();
    for (const entry of envelope.entries) {
      if (entry[3] === null) this.held.delete(`${entry[0]} ${entry[1]}`);
      else this.held.set(`${entry[0]} ${entry[1]}`, entry);
    }
    this.envelopes.push(envelope);
  }
}
