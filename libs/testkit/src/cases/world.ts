import type { z } from 'zod';
import { whole, type Parts, type WholeGrant } from './world-schema.js';

/** Everything that exists in a case, by id: its world with what the case changes laid over it. */
export interface World {
  readonly environments: Readonly<Record<string, z.infer<typeof whole.environment>>>;
  readonly servers: Readonly<Record<string, z.infer<typeof whole.server>>>;
  readonly tools: Readonly<Record<string, z.infer<typeof whole.tool>>>;
  readonly agents: Readonly<Record<string, z.infer<typeof whole.agent>>>;
  readonly credentials: Readonly<Record<string, z.infer<typeof whole.credential>>>;
  readonly cutOffs: Readonly<Record<string, { readonly revision: number }>>;
  readonly assignments: Readonly<Record<string, z.infer<typeof whole.assignment>>>;
  readonly grants: Readonly<Record<string, WholeGrant>>;
  readonly conversations: Readonly<Record<string, z.infer<typeof whole.conversation>>>;
  readonly directories: Readonly<Record<string, z.infer<typeof whole.directory>>>;
  readonly revokedTokens: Readonly<Record<string, { readonly agent: string; readonly revision?: number | undefined }>>;
  readonly policies: Readonly<Record<string, z.infer<typeof whole.policy>>>;
  readonly stops: Readonly<Record<string, z.infer<typeof whole.stop>>>;
  readonly objects: Parts['objects'];
}

/** Throws, in words, when an object of the case is neither in the world nor complete. */
export function overlaid(world: Parts, given: Parts): World {
  return {
    environments: merged('environments', whole.environment, world.environments, given.environments),
    servers: merged('servers', whole.server, world.servers, given.servers),
    tools: merged('tools', whole.tool, world.tools, given.tools),
    agents: merged('agents', whole.agent, world.agents, given.agents),
    credentials: merged('credentials', whole.credential, world.credentials, given.credentials),
    cutOffs: present({ ...world.cutOffs, ...given.cutOffs }),
    assignments: merged('assignments', whole.assignment, world.assignments, given.assignments),
    grants: merged('grants', whole.grant, world.grants, given.grants),
    conversations: merged('conversations', whole.conversation, world.conversations, given.conversations),
    directories: merged('directories', whole.directory, world.directories, given.directories),
    revokedTokens: present({ ...world.revokedTokens, ...given.revokedTokens }),
    policies: present({ ...world.policies, ...given.policies }),
    stops: present({ ...world.stops, ...given.stops }),
    objects: [...world.objects, ...given.objects],
  };
}

type ById = Readonly<Record<string, unknown>>;

function present<T>(byId: Readonly<Record<string, T | null>>): Record<string, T> {
  const entries = Object.entries(byId).flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]));
  return Object.fromEntries(entries);
}

function merged<T extends z.ZodType>(part: string, schema: T, world: ById, given: ById): Record<string, z.infer<T>> {
  const result: Record<string, z.infer<T>> = {};
  for (const [id, value] of Object.entries({ ...world, ...given })) {
    if (value === null) continue;
    const parsed = schema.safeParse({ ...asObject(world[id]), ...asObject(value) });
    if (!parsed.success) throw new Error(`given.${part}.${id}.${firstIssue(parsed.error)}`);
    result[id] = parsed.data;
  }
  return result;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The first thing wrong, as `path: message`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || '(file)'}: ${issue.message}` : 'unreadable';
}
