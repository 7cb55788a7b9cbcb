import { slugSchema, toolNameSchema } from '@portcullis/contracts';
import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { z } from 'zod';
import { createGrantSchema } from '../grants/create-grant.input.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { savePolicyDraftSchema } from '../policies/policy.inputs.js';

export const policyKinds = ['environment', 'role', 'tool', 'grant', 'policy'] as const;
export const PolicyKindEnum = Object.fromEntries(policyKinds.map((kind) => [kind, kind]));
registerEnumType(PolicyKindEnum, { name: 'PolicyKind' });

@InputType({ description: 'One object as it is to be; null revokes a grant and retires a policy.' })
export class PolicyEditInput {
  @Field(() => PolicyKindEnum)
  kind!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'Environment and role: `{name}`; tool: `{classes}`; grant: as `CreateGrantInput`; policy: `{name, environment, text, tests}`.',
  })
  value?: unknown;
}

@InputType()
export class PolicyEditsInput {
  @Field(() => [PolicyEditInput], { description: 'At most 500.' })
  edits!: PolicyEditInput[];
}

@InputType()
export class ApplyPolicyInput extends PolicyEditsInput {
  @Field(() => Int, {
    description: 'The revision the plan was made at; refused when what it rests on has moved since.',
  })
  basedOn!: number;
}

export const mostEdits = 500;

const grantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'use 1 to 63 lower-case letters, digits, hyphens and underscores');
const wholeToolId = z.string().refine((id) => {
  const [server, ...name] = id.split('/');
  return slugSchema.safeParse(server).success && toolNameSchema.safeParse(name.join('/')).success;
}, 'name a tool as server/name');

const named = z.strictObject(
  { name: z.string().trim().min(1, 'give it a name').max(200) },
  'cannot be removed by files',
);
const tool = z.strictObject({ classes: z.array(slugSchema).max(20) }, 'cannot be removed by files');

const grantFields = new Set([
  ...['role', 'environment', 'toolId', 'toolClass', 'task', 'constraints', 'obligations'],
  ...['notBefore', 'notAfter', 'staleSeconds'],
]);
const whole = { constraints: [], obligations: [], staleSeconds: 0 };
const grant = z
  .record(z.string(), z.unknown(), 'say what it grants')
  .superRefine((value, context) => {
    for (const field of Object.keys(value))
      if (!grantFields.has(field))
        context.addIssue({ code: 'custom', path: [field], message: 'a grant has no such field' });
  })
  .transform((value): unknown => ({ ...whole, ...value }))
  .pipe(createGrantSchema as z.ZodType<z.infer<typeof createGrantSchema>, unknown>)
  .nullable();

const policy = z
  .strictObject(
    savePolicyDraftSchema.pick({ name: true, environment: true, text: true, tests: true }).shape,
    'a policy has a name, an environment, a text and tests',
  )
  .nullable();

const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('environment'), id: slugSchema, value: named }),
  z.object({ kind: z.literal('role'), id: slugSchema, value: named }),
  z.object({ kind: z.literal('tool'), id: wholeToolId, value: tool }),
  z.object({ kind: z.literal('grant'), id: grantId, value: grant.default(null) }),
  z.object({ kind: z.literal('policy'), id: slugSchema, value: policy.default(null) }),
]);

export const policyEditsSchema = z.object({
  edits: z
    .array(z.unknown())
    .max(mostEdits, `at most ${mostEdits} changes at once; apply some of the files first`)
    .pipe(z.array(editSchema))
    .superRefine((edits, context) => {
      const seen = new Set<string>();
      for (const [index, { kind, id }] of edits.entries()) {
        if (seen.has(`${kind} ${id}`))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: `${kind} ${id} is named twice` });
        seen.add(`${kind} ${id}`);
      }
    }),
});

export const applyPolicySchema = policyEditsSchema.extend({ basedOn: z.int().min(0) });

export const savePolicyDraftsSchema = policyEditsSchema.transform(({ edits }, context) =>
  edits.flatMap((edit, index) => {
    if (edit.kind === 'policy' && edit.value) return [{ id: edit.id, ...edit.value }];
    context.addIssue({ code: 'custom', path: ['edits', index], message: 'only a policy can be a draft' });
    return [];
  }),
);
export type WantedDraft = z.infer<typeof savePolicyDraftsSchema>[number];

export type PolicyEdit = z.infer<typeof editSchema>;
export type EditOf<Kind extends PolicyEdit['kind']> = Extract<PolicyEdit, { kind: Kind }>;
