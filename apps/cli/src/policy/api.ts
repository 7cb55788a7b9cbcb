import { z } from 'zod';
import type { Options, Surroundings } from '../command.js';
import { ask } from '../http.js';
import { addressOf, setting } from '../installation-files.js';
import type { Difference } from './differences.js';
import { errorSchema, problemsOf } from './api-problems.js';
import { planQuery, planSchema, type Plan } from './plan-answer.js';
import { RefusedByApi } from './refused-by-api.js';
import { snapshotQuery, snapshotSchema, type Snapshot } from './snapshot.js';

const withinMs = 30_000;

const appliedSchema = z.object({ changes: z.int(), revision: z.int() });
export type Applied = z.infer<typeof appliedSchema>;

const draftsSchema = z.object({
  drafts: z.array(z.object({ id: z.string(), version: z.int(), needsReview: z.boolean() })),
  revision: z.int(),
});
export type SavedDrafts = z.infer<typeof draftsSchema>;

const applyMutation = 'mutation ($input: ApplyPolicyInput!) { applyPolicy(input: $input) { changes revision } }';
const draftsMutation =
  'mutation ($input: PolicyEditsInput!) { savePolicyDrafts(input: $input) { drafts { id version needsReview } revision } }';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).optional(),
});
const httpProblemSchema = z.object({ code: z.string(), detail: z.string() });

/** The control plane, asked with a person's API token. */
export class PolicyApi {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static of({ url }: Options, surroundings: Surroundings): PolicyApi {
    const token = setting(surroundings, 'PORTCULLIS_TOKEN') ?? '';
    if (!token.startsWith('pct_')) {
      const message =
        'set PORTCULLIS_TOKEN to an API token (it begins with pct_); make one by createApiToken in the API';
      throw new RefusedByApi('unauthenticated', [{ file: '.', message }]);
    }
    return new PolicyApi(new URL('/graphql', url ?? addressOf(surroundings, 'console')).href, token);
  }

  async snapshot(): Promise<Snapshot> {
    return snapshotSchema.parse((await this.#send(snapshotQuery, {}))['policySnapshot']);
  }

  async plan(made: readonly Difference[]): Promise<Plan> {
    const data = await this.#send(planQuery, { input: { edits: made.map(editOf) } }, made);
    return planSchema.parse(data['planPolicy']);
  }

  async apply(made: readonly Difference[], basedOn: number): Promise<Applied> {
    const data = await this.#send(applyMutation, { input: { edits: made.map(editOf), basedOn } }, made);
    return appliedSchema.parse(data['applyPolicy']);
  }

  async saveDrafts(made: readonly Difference[]): Promise<SavedDrafts> {
    const data = await this.#send(draftsMutation, { input: { edits: made.map(editOf) } }, made);
    return draftsSchema.parse(data['savePolicyDrafts']);
  }

  async #send(query: string, variables: object, made: readonly Difference[] = []): Promise<Record<string, unknown>> {
    const { status, body } = await ask(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ query, variables }),
      withinMs,
    });
    const answer = answerSchema.safeParse(body);
    const error = answer.data?.errors?.[0];
    if (answer.success && answer.data.data && error === undefined) return answer.data.data;
    if (error) throw new RefusedByApi(error.extensions.code, problemsOf(error, made));
    const problem = httpProblemSchema.safeParse(body);
    const [code, message] = problem.success
      ? [problem.data.code, problem.data.detail]
      : [`http_${status}`, 'no answer of this API'];
    throw new RefusedByApi(code, [{ file: '.', message }]);
  }
}

function editOf({ kind, id, value }: Difference) {
  return { kind, id, value };
}
