import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { schemaText } from '../graphql/schema-text.js';
import { buildSchema } from 'graphql';
import { adminSignIn, testApi } from '../testing/test-api.js';
import { TestIssuer } from '../testing/test-issuer.js';
import { testTlsServer } from '../testing/test-tls-server.js';

interface Act {
  readonly input?: () => object;
  /** Where the input's type is not named after the mutation. */
  readonly type?: string;
  readonly id?: () => string;
  /** What the id is called; default: `id`. */
  readonly argument?: string;
  readonly select?: string;
  readonly raises: 0 | 1;
}

const conversation = randomUUID();
const made: Record<string, string> = {};
const published = testTlsServer();

/** Every mutation, in an order in which each can succeed, with what it does to the revision. */
const mutations: Readonly<Record<string, Act>> = {
  createEnvironment: { input: () => ({ id: 'lab', name: 'Lab' }), raises: 0 },
  observeEnvironment: {
    input: () => ({ id: 'lab', days: 7, reason: 'to learn' }),
    select: 'environment { mode observation { until startedBy reason } }',
    raises: 1,
  },
  enforceEnvironment: { id: () => 'lab', select: 'environment { mode }', raises: 1 },
  createRole: { input: () => ({ id: 'helper', name: 'Helper' }), raises: 0 },
  createServer: {
    input: () => ({ id: 'desk', name: 'Desk', environment: 'lab', resource: 'http://localhost/desk/mcp' }),
    raises: 1,
  },
  registerTool: { input: () => ({ server: 'desk', name: 'refund', classes: ['payments'] }), raises: 1 },
  setToolClasses: { input: () => ({ tool: 'desk/refund', classes: ['payments', 'write'] }), raises: 1 },
  createJoinToken: { input: () => ({ server: 'desk' }), select: 'joinToken expiresAt', raises: 0 },
  createAgent: { input: () => ({ id: 'bot', name: 'Bot' }), select: 'agent { id status }', raises: 1 },
  renameAgent: { input: () => ({ id: 'bot', name: 'Bot 2' }), select: 'agent { name }', raises: 1 },
  updateAgent: {
    input: () => ({ id: 'bot', name: 'Bot 3', tags: ['desk'] }),
    select: 'agent { name tags ownerGone }',
    raises: 1,
  },
  setRotationPolicy: {
    input: () => ({ agent: 'bot', intervalSeconds: 86_400 }),
    select: 'agent { rotationPolicy { state } }',
    raises: 0,
  },
  removeRotationPolicy: { id: () => 'bot', argument: 'agent', select: 'agent { id }', raises: 0 },
  setAgentHost: { id: () => 'bot', argument: 'agent', select: 'agent { host }', raises: 0 },
  issueSubjectToken: { id: () => 'bot', argument: 'agent', select: 'subjectToken expiresAt', raises: 0 },
  suspendAgent: { id: () => 'bot', select: 'agent { status }', raises: 1 },
  resumeAgent: { id: () => 'bot', select: 'agent { status }', raises: 1 },
  issueCredential: { input: () => ({ agent: 'bot' }), select: 'credential { id prefix } secret tokenUrl', raises: 1 },
  prepareCredential: {
    input: () => ({ agent: 'bot' }),
    type: 'IssueCredentialInput',
    select: 'credential { id status } secret',
    raises: 1,
  },
  activateCredential: { id: () => made['prepareCredential'] ?? '', select: 'credential { id status }', raises: 1 },
  retireCredential: { id: () => made['prepareCredential'] ?? '', select: 'credential { id status }', raises: 1 },
  openConversation: {
    input: () => ({ id: conversation, agent: 'bot', tasks: ['lookup'] }),
    select: 'conversation { id user status }',
    raises: 1,
  },
  createDirectory: {
    input: () => ({ id: 'payees', environment: 'lab', name: 'Payees', holds: 'account' }),
    select: 'directory { size }',
    raises: 1,
  },
  addDirectoryEntries: {
    input: () => ({ directory: 'payees', values: ['DE89 3704', 'GB33'] }),
    type: 'DirectoryEntriesInput',
    select: 'directory { size }',
    raises: 1,
  },
  removeDirectoryEntries: {
    input: () => ({ directory: 'payees', values: ['GB33'] }),
    type: 'DirectoryEntriesInput',
    select: 'directory { size }',
    raises: 1,
  },
  retireDirectory: { id: () => 'payees', select: 'directory { retiredAt }', raises: 1 },
  assignRole: {
    input: () => ({ agent: 'bot', role: 'helper', environment: 'lab' }),
    select: 'assignment { id }',
    raises: 1,
  },
  createGrant: {
    input: () => ({
      role: 'helper',
      environment: 'lab',
      toolId: 'desk/refund',
      task: 'execute',
      constraints: [{ kind: 'max', path: 'amount', value: 100 }],
      obligations: [{ kind: 'size', maxBytes: 65_536 }],
    }),
    select: 'grant { id constraintTexts obligationTexts }',
    raises: 1,
  },
  widenConversation: {
    input: () => ({ conversation, toolId: 'desk/refund', task: 'lookup', minutes: 5, reason: 'once' }),
    select: 'widening { id }',
    raises: 1,
  },
  closeConversation: { id: () => conversation, select: 'conversation { status }', raises: 1 },
  applyPolicy: {
    input: () => ({
      basedOn: Number(made['revision']),
      edits: [
        {
          kind: 'grant',
          id: 'by-file',
          value: { role: 'helper', environment: 'lab', toolClass: 'payments', task: 'lookup' },
        },
      ],
    }),
    select: 'changes',
    raises: 1,
  },
  engageKillSwitch: {
    input: () => ({ id: randomUUID(), scope: 'tool_class', target: 'payments' }),
    select: 'engagement { id scope status revision }',
    raises: 1,
  },
  savePolicyDraft: {
    input: () => ({ id: 'quiet', name: 'Quiet', text: 'forbid (principal, action, resource);', tests: [] }),
    select: 'policy { id newestVersion liveVersion }',
    raises: 0,
  },
  savePolicyDrafts: {
    input: () => ({
      edits: [
        {
          kind: 'policy',
          id: 'quieter',
          value: { name: 'Quieter', environment: null, text: 'forbid (principal, action, resource);', tests: [] },
        },
      ],
    }),
    type: 'PolicyEditsInput',
    select: 'drafts { id version needsReview }',
    raises: 0,
  },
  publishPolicy: {
    input: () => ({ id: 'quiet', version: 1 }),
    type: 'PolicyVersionInput',
    select: 'policy { liveVersion }',
    raises: 1,
  },
  retirePolicy: { id: () => 'quiet', select: 'policy { retiredAt }', raises: 1 },
  setPolicyReview: { input: () => ({ environment: 'lab', required: true }), raises: 0 },
  revokeGrant: { id: () => made['createGrant'] ?? '', raises: 1 },
  removeAssignment: { id: () => made['assignRole'] ?? '', raises: 1 },
  revokeCredential: { id: () => made['issueCredential'] ?? '', raises: 1 },
  taintCredential: { id: () => made['issueCredential'] ?? '', select: 'credentials conversations', raises: 1 },
  retireAgent: { id: () => 'bot', select: 'agent { status }', raises: 1 },
  updateTokenSettings: {
    input: () => ({ tokenLifeSeconds: 120, requireDpop: false }),
    select: 'settings { tokenLifeSeconds }',
    raises: 0,
  },
  rotateSigningKey: { select: 'settings { signingKeys { kid state } }', raises: 0 },
  withdrawSigningKey: {
    id: () => made['rotateSigningKey'] ?? '',
    argument: 'kid',
    select: 'settings { tokenUrl }',
    raises: 0,
  },
  createSubjectIssuer: {
    input: () => ({ id: 'corp', name: 'Corp', issuer: `${published.origin}/corp`, audience: 'portcullis' }),
    select: 'issuer { id enabled }',
    raises: 0,
  },
  updateSubjectIssuer: {
    input: () => ({ id: 'corp', name: 'Corp', audience: 'desk', enabled: false }),
    select: 'issuer { audience enabled }',
    raises: 0,
  },
  removeSubjectIssuer: { id: () => 'corp', raises: 0 },
  issueStopTicket: { select: 'ticket url expiresAt', raises: 0 },
  openSocketTicket: { select: 'ticket', raises: 0 },
  createApiToken: { input: () => ({ name: 'CI', days: 1 }), select: 'apiToken { id prefix } token', raises: 0 },
  revokeApiToken: { id: () => made['createApiToken'] ?? '', raises: 0 },
  signOut: { raises: 0 },
  signIn: { input: () => adminSignIn, select: 'person { id }', raises: 0 },
};

const verifyingIn = (keys: readonly { kid: string; state: string }[] = []) =>
  keys.find(({ state }) => state === 'verifying')?.kid;

/** Proved where they can run: the claim in its own spec, the incident with the demo, definitions where one is announced, full
 * records where one is reported. */
const elsewhere = [
  'reviewPolicy',
  'revertPolicy',
  'claimInstall',
  'runDemoIncident',
  'acceptDefinition',
  'withdrawDefinition',
  'openFullRecord',
];

describe('mutations and the revision', () => {
  const api = testApi({ PORTCULLIS_INTERNAL_HOSTS: 'localhost' }, { ca: () => published.authority.pem });
  beforeAll(() => void new TestIssuer(published, '/corp'));

  it('are all in this list', async () => {
    const type = buildSchema(await schemaText()).getMutationType();
    expect([...Object.keys(mutations), ...elsewhere].sort()).toEqual(Object.keys(type?.getFields() ?? {}).sort());
  });

  it.each(Object.entries(mutations))(
    '%s moves the revision as it says',
    async (name, { input, type, id, argument = 'id', select = '', raises }) => {
      const named = type ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const head = input ? `($v: ${named}!)` : id ? '($v: ID!)' : '';
      const call = input ? '(input: $v)' : id ? `(${argument}: $v)` : '';
      const before = await api.revision();
      const data = await api.admin.get<
        Record<
          string,
          {
            revision: number;
            grant?: { id: string };
            assignment?: { id: string };
            credential?: { id: string };
            apiToken?: { id: string };
            settings?: { signingKeys?: { kid: string; state: string }[] };
          }
        >
      >(`mutation ${head} { ${name}${call} { revision ${select} } }`, { v: input?.() ?? id?.() });
      const answer = data[name];
      made[name] =
        answer?.grant?.id ??
        answer?.assignment?.id ??
        answer?.credential?.id ??
        answer?.apiToken?.id ??
        verifyingIn(answer?.settings?.signingKeys) ??
        '';
      made['revision'] = String(answer?.revision);
      expect(await api.revision()).toBe(before + raises);
      expect(answer?.revision).toBe(before + raises);
    },
  );
});
