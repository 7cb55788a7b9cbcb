import { conversationAttributesSchema, identityFormSchema, policyValueTypes, tasks } from '@portcullis/contracts';
import { z } from 'zod';

const id = z.string().min(1);
const revision = z.int().min(0);
/** An instant as a reader writes it: ISO 8601 with a zone. */
export const instantSchema = z.iso.datetime({ offset: true });

const revised = { revision: revision.optional() };

/** By id. `null` in a case takes away what the world has under that id. */
const byId = <T extends z.ZodType>(value: T) => z.record(id, value.nullable()).default({});

const server = z.strictObject({ ...revised, name: z.string(), environment: id, resource: z.url() });
/** What a server says of a tool, without its name. */
export const definitionSchema = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.unknown().optional(),
  outputSchema: z.unknown().optional(),
  annotations: z.unknown().optional(),
});
const pinnedTool = z.strictObject({
  ...revised,
  classes: z.array(z.string()),
  definitions: z.array(definitionSchema).optional(),
});
/** Its classes alone, or with the definitions that are accepted; without them it is not pinned yet. */
const tool = z.union([
  z.array(z.string()).transform((classes): z.infer<typeof pinnedTool> => ({ classes })),
  pinnedTool,
]);
const agent = z.strictObject({ ...revised, name: z.string(), status: z.string() });
const credential = z.strictObject({
  ...revised,
  agent: id,
  status: z.string(),
  notBefore: instantSchema.nullable().optional(),
  expiresAt: instantSchema.nullable(),
});
const assignment = z.strictObject({
  ...revised,
  agent: id,
  role: id,
  environment: id,
  notBefore: instantSchema.nullable().optional(),
  notAfter: instantSchema.nullable().optional(),
});
const conversation = z.strictObject({
  ...revised,
  agent: id,
  user: z.string().nullable().default(null),
  tasks: z.array(z.enum(tasks)).default([...tasks]),
  status: z.string().default('open'),
  attributes: conversationAttributesSchema.default({}),
  /** What the user asked for, in clear; the record holds digests. */
  request: z.array(z.string()).default([]),
  environment: id.nullable().optional(),
  expiresAt: instantSchema,
  credential: id.nullable().default(null),
});
const directory = z.strictObject({
  ...revised,
  environment: id,
  name: z.string().default('Directory'),
  holds: identityFormSchema,
  /** In clear; the directory holds digests. */
  entries: z.array(z.string()),
});
const grant = z.strictObject({
  ...revised,
  role: id,
  environment: id,
  tool: id.optional(),
  class: id.optional(),
  task: z.enum(tasks),
  max: z.record(z.string(), z.number()).optional(),
  constraints: z.array(z.looseObject({ kind: z.string() })).optional(),
  notBefore: instantSchema.nullable().optional(),
  notAfter: instantSchema.nullable().optional(),
  staleSeconds: z.number().optional(),
  obligations: z.array(z.looseObject({ kind: z.string() })).optional(),
  conversation: z.strictObject({ id, agent: id }).optional(),
});
const environment = z.strictObject({
  ...revised,
  mode: z.string().default('observe'),
  observeUntil: instantSchema.nullable().default(null),
});
/** Asked about every call, or about those of `tools` and `classes`. `parameters`: by tool, what each parameter is, by its path. */
const policy = z.strictObject({
  ...revised,
  name: z.string().optional(),
  text: z.string(),
  environment: id.nullable().default(null),
  tools: z.array(id).nullable().default(null),
  classes: z.array(id).nullable().default(null),
  server: id.nullable().default(null),
  parameters: z.record(id, z.record(id, z.enum(policyValueTypes))).default({}),
});
const stop = z.strictObject({
  ...revised,
  scope: z.string(),
  target: z.string().default(''),
  status: z.string().default('engaged'),
});
/** An object as it is on the wire, for what no form above can say: kinds and values this version does not know. */
const object = z.strictObject({ ...revised, kind: id, id, value: z.unknown() });

/** What exists: in a world all of it, in a case what differs from its world. */
const parts = {
  environments: byId(environment),
  servers: byId(server.partial()),
  tools: byId(tool),
  agents: byId(agent.partial()),
  credentials: byId(credential.partial()),
  cutOffs: byId(z.strictObject({ revision })),
  assignments: byId(assignment.partial()),
  grants: byId(grant.partial()),
  conversations: byId(conversation.partial()),
  directories: byId(directory.partial()),
  revokedTokens: byId(z.strictObject({ revision: revision.optional(), agent: id })),
  policies: byId(policy),
  stops: byId(stop),
  objects: z.array(object).default([]),
};
export const partsSchema = z.strictObject(parts);
export type Parts = z.infer<typeof partsSchema>;

/** A file in `worlds/`: a named set of everything, which cases build on. */
export const worldFileSchema = z.strictObject({ world: id, about: z.string().min(1), ...parts });

/** The complete form of what may stand in part in a case. */
export const whole = {
  environment,
  server,
  tool,
  agent,
  credential,
  assignment,
  grant,
  conversation,
  directory,
  policy,
  stop,
} as const;
export type WholeGrant = z.infer<typeof grant>;
