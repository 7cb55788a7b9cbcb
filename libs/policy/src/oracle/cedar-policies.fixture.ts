import { constraintSchema, tasks, type FeedValue } from '@portcullis/contracts';
import { cedarConstraint } from './cedar-constraint.fixture.js';
import { cedarText } from './cedar-value.fixture.js';
import { slice, type OracleWorld } from './oracle-world.fixture.js';

const anything = '(principal, action, resource)';
const forbidWhen = (condition: string) => `forbid${anything} when { ${condition} };`;
const forbidUnless = (condition: string) => `forbid${anything} unless { ${condition} };`;
const anyOf = (conditions: readonly string[]) => (conditions.length === 0 ? 'false' : conditions.join(' || '));
const set = (values: readonly string[]) => `[${values.map(cedarText).join(', ')}]`;

/**
 * The world in Cedar, read from what was authored and not from what the library under test made of it: each grant a `permit`
 * under its own name, everything else a `forbid`. Written without a look at the checks: it is a second reading of the design.
 */
export function cedarPolicies(world: OracleWorld): Readonly<Record<string, string>> {
  return {
    severed: forbidWhen('context.posture == "severed"'),
    ...named('stop', world.stops, stopped),
    agent: forbidUnless(`${set(activeAgents(world))}.containsAll(context.actors)`),
    ...named('cut-off', world.cutOffs, (revision, id) =>
      forbidWhen(`context.actors.contains(${cedarText(id)}) && context.rev < ${revision}`),
    ),
    credential: forbidUnless(anyOf(Object.entries(world.credentials).flatMap(liveCredential))),
    taint: forbidWhen(`context.grounds.containsAny(${set(taintedIn(world))})`),
    ...token(world),
    conversation: forbidWhen(`context has conversation && !(${anyOf(openConversations(world))})`),
    tool: forbidUnless(`resource in Server::${cedarText(slice)}`),
    role: forbidUnless(anyOf(Object.values(world.assignments).map(held))),
    ...named('grant', world.grants, (grant) => permit(grant, world)),
  };
}

type Policies = Readonly<Record<string, string>>;

function named<T>(
  kind: string,
  byId: Readonly<Record<string, T>>,
  policy: (one: T, id: string) => string | undefined,
): Policies {
  const policies = Object.entries(byId).flatMap(([id, one]) => {
    const text = policy(one, id);
    return text === undefined ? [] : [[`${kind}:${id}`, text] as const];
  });
  return Object.fromEntries(policies);
}

function activeAgents({ agents }: OracleWorld): readonly string[] {
  return Object.entries(agents).flatMap(([id, { status }]) => (status === 'active' ? [id] : []));
}

function taintedIn({ credentials }: OracleWorld): readonly string[] {
  return Object.entries(credentials).flatMap(([id, { status }]) => (status === 'tainted' ? [id] : []));
}

function liveCredential([id, credential]: readonly [string, FeedValue<'credential'>]): readonly string[] {
  const { agent, status, notBefore, expiresAt } = credential;
  if (status === 'revoked' || status === 'tainted') return [];
  return [
    `(context.credential == ${cedarText(id)} && context.agent == ${cedarText(agent)}${within(notBefore, expiresAt)})`,
  ];
}

function within(from: number | null | undefined, to: number | null | undefined): string {
  return `${from == null ? '' : ` && context.now >= ${from}`}${to == null ? '' : ` && context.now < ${to}`}`;
}

function token({ server, revokedTokens }: OracleWorld): Policies {
  return {
    audience: forbidUnless(`context.aud == ${cedarText(server.resource)}`),
    environment: forbidUnless(`context.environment == ${cedarText(server.environment)}`),
    expiry: forbidUnless('context.now < context.exp'),
    subject: forbidUnless(
      'if context.isExchanged then context has user && context.user == context.sub else context.sub == context.agent',
    ),
    revoked: forbidWhen(`${set(Object.keys(revokedTokens))}.contains(context.jti)`),
  };
}

function openConversations({ conversations }: OracleWorld): readonly string[] {
  return Object.entries(conversations)
    .filter(([, { status }]) => status === 'open')
    .map(
      ([id, { agent, expiresAt }]) =>
        `(context.conversation == ${cedarText(id)} && context.agent == ${cedarText(agent)} && context.now < ${expiresAt})`,
    );
}

function held({ agent, role, environment, notBefore, notAfter }: FeedValue<'assignment'>): string {
  const who = `context.agent == ${cedarText(agent)} && context.role == ${cedarText(role)}`;
  return `(${who} && resource in Environment::${cedarText(environment)}${within(notBefore, notAfter)})`;
}

function stopped({ scope, target, status }: FeedValue<'kill-switch'>): string | undefined {
  if (status !== 'engaged') return undefined;
  const is = cedarText(target);
  const users = '(context has user && (context.user == USER || context.buckets.contains(USER)))'.replaceAll('USER', is);
  const conditions: Readonly<Record<string, string>> = {
    environment: `resource in Environment::${is} || context.environment == ${is} || context.serverEnvironment == ${is}`,
    'tool-class': `resource in Class::${is}`,
    server: `context.server == ${is}`,
    tool: `resource == Tool::${is}`,
    agent: `context.actors.contains(${is})`,
    role: `context.role == ${is}`,
    user: users,
    conversation: `context has conversation && context.conversation == ${is}`,
  };
  return forbidWhen(conditions[scope] ?? 'true');
}

/** `undefined`: a grant that is not understood gives nothing. */
function permit(grant: FeedValue<'grant'>, { server }: OracleWorld): string | undefined {
  const constraints = grant.constraints.map((one) => constraintSchema.safeParse(one));
  if (!constraints.every((parsed) => parsed.success) || grant.environment !== server.environment) return undefined;
  const place =
    'id' in grant.tool ? `== Tool::${cedarText(grant.tool.id)}` : `in Class::${cedarText(grant.tool.class)}`;
  const stale =
    grant.staleSeconds === 0 ? '' : ` || (resource in Class::"read" && context.staleSeconds <= ${grant.staleSeconds})`;
  const conditions = [
    `context.role == ${cedarText(grant.role)}`,
    `context.task >= ${tasks.indexOf(grant.task)}`,
    `(context.posture == "fresh"${stale})`,
    ...constraints.map(({ data }) => `(${cedarConstraint(data)})`),
  ];
  return `permit(principal, action, resource ${place}) when { ${conditions.join(' && ')}${within(grant.notBefore, grant.notAfter)} };`;
}
