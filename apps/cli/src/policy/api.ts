import { z } from 'zod';
import type { Options, Surroundings } from '../command.js';
import { ask } from '../http.js';
import { addressOf, setting } from '../installation-files.js';
import type { Difference } from './differences.js';
import { fieldPlace } from './field-place.js';
import type { FileProblem } from './file-problem.js';
import { RefusedByApi } from './refused-by-api.js';
import { snapshotQuery, snapshotSchema, type Snapshot } from './snapshot.js';

const withinMs = 30_000;

const grants = z.array(z.object({ conditions: z.array(z.string()), obligations: z.array(z.string()) }));
const side = z.object({ outcome: z.string(), reason: z.string().nullable(), grants }).nullable();
const accessPlanSchema = z.object({
  revision: z.int(),
  counts: z.array(z.object({ change: z.string(), count: z.int() })),
  differences: z.array(
    z.object({
      ...{ change: z.string(), agent: z.string(), tool: z.string(), role: z.string(), tasks: z.array(z.string()) },
      ...{ before: side, after: side },
    }),
  ),
});
/** Who could do what afterwards. */
export type AccessPlan = z.infer<typeof accessPlanSchema>;

const appliedSchema = z.object({ changes: z.int(), revision: z.int() });
export type Applied = z.infer<typeof appliedSchema>;

const sides = 'outcome reason grants { conditions obligations }';
const planQuery = `query ($input: PolicyEditsInput!) { planPolicy(input: $input) { revision counts { change count }
  differences { change agent tool role tasks before { ${sides} } after { ${sides} } } } }`;
const applyMutation = 'mutation ($input: ApplyPolicyInput!) { applyPolicy(input: $input) { changes revision } }';

const errorSchema = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).nullish() }),
});
const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).optional(),
});
const fieldsSchema = z.array(z.object({ path: z.string(), message: z.string() }));
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

  async plan(made: readonly Difference[]): Promise<AccessPlan> {
    const data = await this.#send(planQuery, { input: { edits: made.map(editOf) } }, made);
    return accessPlanSchema.parse(data['planPolicy']);
  }

  async apply(made: readonly Difference[], basedOn: number): Promise<Applied> {
    const data = await this.#send(applyMutation, { input: { edits: made.map(editOf), basedOn } }, made);
    return appliedSchema.parse(data['applyPolicy']);
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

/** What the control plane refused, at the line of the file it came from. */
function problemsOf(
  { message, extensions: { details } }: z.infer<typeof errorSchema>,
  made: readonly Difference[],
): readonly FileProblem[] {
  const edit = z.int().safeParse(details?.['edit']);
  const fields = fieldsSchema.safeParse(details?.['fields']);
  const placed = (place: number | undefined, path: readonly string[], text: string): FileProblem => {
    const difference = place === undefined ? undefined : made[place];
    if (difference === undefined) return { file: '.', field: path.join('.'), message: text };
    const { field, line } = fieldPlace(difference, path);
    return {
      file: difference.file,
      line,
      field: `${difference.kind} ${difference.id}${field ? ` ${field}` : ''}`,
      message: text,
    };
  };
  if (!fields.success) return [placed(edit.data, [], message)];
  return fields.data.map(({ path, message: text }) => {
    const [first, place, part, ...rest] = path.split('.');
    if (first !== 'edits' || place === undefined) return placed(edit.data, path.split('.'), text);
    return placed(Number(place), part === 'value' ? rest : [], text);
  });
}
