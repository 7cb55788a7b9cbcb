import { canonicalIdentity, toolId, type FeedKind } from '@portcullis/contracts';
import { conversationDigests, definitionHash, directoryDigest } from '@portcullis/contracts/signed';
import type { Change } from '@portcullis/policy';
import type { Case } from './load.js';
import type { World } from './world.js';
import type { WholeGrant } from './world-schema.js';

/**
 * Everything that exists in the case as the changes a guard would receive, in a fixed order. Objects without a revision of
 * their own carry 1. The same list can be applied to a state, put into an envelope, or appended to a change log.
 */
export function worldChanges({ world }: Pick<Case, 'world'>): readonly Change[] {
  return [
    ...changes(world.environments, 'environment', ({ mode, observeUntil }) => ({
      mode,
      observeUntil: instant(observeUntil),
    })),
    ...changes(world.servers, 'server', ({ name, environment, resource }) => ({ name, environment, resource })),
    ...toolChanges(world),
    ...changes(world.agents, 'agent', ({ name }) => ({ name })),
    ...changes(world.agents, 'agent-status', ({ status }) => ({ status })),
    ...changes(world.credentials, 'credential', ({ agent, status, notBefore, expiresAt }) => ({
      agent,
      status,
      expiresAt: instant(expiresAt),
      notBefore: instant(notBefore),
    })),
    ...changes(world.cutOffs, 'cut-off', (_cutOff, agent) => ({ agent })),
    ...changes(world.assignments, 'assignment', ({ agent, role, environment, notBefore, notAfter }) => ({
      agent,
      role,
      environment,
      notBefore: instant(notBefore),
      notAfter: instant(notAfter),
    })),
    ...changes(world.grants, 'grant', grantValue),
    ...changes(world.conversations, 'conversation', conversationValue),
    ...changes(world.directories, 'directory', directoryValue),
    ...changes(world.revokedTokens, 'token-revocation', ({ agent }) => ({ agent, expiresAt: 0 })),
    ...changes(world.policies, 'policy', policyValue),
    ...changes(world.stops, 'kill-switch', ({ scope, target, status }) => ({ scope, target, status, engagedAt: 0 })),
    ...world.objects.map(({ kind, id, value, revision = 1 }) => ({ kind, id, revision, value })),
  ];
}

function changes<T extends { readonly revision?: number | undefined }>(
  byId: Readonly<Record<string, T>>,
  kind: FeedKind,
  valueOf: (object: T, id: string) => unknown,
): readonly Change[] {
  return Object.entries(byId).map(([id, object]) => ({
    kind,
    id,
    revision: object.revision ?? 1,
    value: valueOf(object, id),
  }));
}

/** In the files a tool stands under `server/tool`, as everywhere. */
function toolChanges({ tools }: World): readonly Change[] {
  return Object.entries(tools).map(([id, { classes, definitions, revision = 1 }]) => {
    const [server = '', ...rest] = id.split('/');
    const name = rest.join('/');
    const accepted = definitions?.map((one) => ({
      hash: definitionHash({ name, ...one }),
      inputSchema: one.inputSchema,
    }));
    const value = { server, name, classes, ...(accepted === undefined ? {} : { definitions: accepted }) };
    return { kind: 'tool', id: toolId(server, name), revision, value };
  });
}

function grantValue(grant: WholeGrant): unknown {
  const limits = Object.entries(grant.max ?? {}).map(([path, value]) => ({ kind: 'max', path, value }));
  return {
    role: grant.role,
    environment: grant.environment,
    tool: grant.tool === undefined ? { class: grant.class } : { id: grant.tool },
    task: grant.task,
    constraints: [...limits, ...(grant.constraints ?? [])],
    notBefore: instant(grant.notBefore),
    notAfter: instant(grant.notAfter),
    staleSeconds: grant.staleSeconds ?? 0,
    ...(grant.conversation === undefined ? {} : { conversation: grant.conversation }),
    ...(grant.obligations === undefined ? {} : { obligations: grant.obligations }),
  };
}

function conversationValue(
  { revision: _revision, expiresAt, request, ...rest }: World['conversations'][string],
  id: string,
): unknown {
  return { ...rest, digests: conversationDigests(id, request), expiresAt: Date.parse(expiresAt) };
}

function directoryValue({ revision: _revision, entries, ...rest }: World['directories'][string], id: string): unknown {
  const digests = entries.map((entry) => {
    const canonical = canonicalIdentity(rest.holds, entry);
    if (canonical === undefined) throw new Error(`directory ${id}: ${entry} cannot be read as ${rest.holds}`);
    return directoryDigest(id, { as: rest.holds, canonical });
  });
  return { ...rest, entries: digests };
}

function policyValue(policy: World['policies'][string], id: string): unknown {
  const { name = id, text, environment, tools, classes, server, parameters } = policy;
  return {
    ...{ name, text, environment, version: 1, places: [{ tools, classes, server, environment: null }] },
    parameters: Object.entries(parameters).flatMap(([tool, types]) =>
      Object.entries(types).map(([path, type]) => ({ tool, path: path.split('.'), type })),
    ),
  };
}

function instant(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}
