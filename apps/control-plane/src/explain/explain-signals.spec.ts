import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const query = `query ($input: ExplainCallInput!) { explainCall(input: $input) { outcome reason rule } }`;

describe('explaining a call whose policies read risk signals', () => {
  const api = testApi();
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const explained = async (signals?: object) => {
    const input = { agent: 'bot', server: 'desk', tool: 'list', arguments: { to: 'ada@example.com' }, signals };
    const { explainCall } = await api.admin.get<{ explainCall: { outcome: string; rule: string } }>(query, { input });
    return `${explainCall.outcome} ${explainCall.rule.split(':')[0]}`;
  };

  beforeAll(async () => {
    await make('createEnvironment(input: { id: "prod", name: "prod" }) { revision }');
    await make('createRole(input: { id: "support", name: "support" }) { revision }');
    const server = 'id: "desk", name: "desk", environment: "prod", resource: "http://localhost/desk/mcp"';
    await make(`createServer(input: { ${server} }) { revision }`);
    await make('registerTool(input: { server: "desk", name: "list", classes: ["read"] }) { revision }');
    await make('createAgent(input: { id: "bot", name: "bot" }) { revision }');
    await make('issueCredential(input: { agent: "bot" }) { revision }');
    await make('assignRole(input: { agent: "bot", role: "support", environment: "prod" }) { revision }');
    await make(
      'createGrant(input: { role: "support", environment: "prod", toolId: "desk/list", task: lookup }) { revision }',
    );
    const text = `forbid (principal, action == Action::"desk/list", resource) when {
      context.signals.recentRate > 5 || context.signals.scorer.greaterThan(decimal("0.8")) ||
      context.signals.labels.trust == "untrusted" || context.signals.provenance.contains("to") };`;
    await api.admin.get('mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { revision } }', {
      input: { id: 'risk', name: 'Risk', environment: 'prod', text, tests: [], basedOn: null },
    });
    await make('publishPolicy(input: { id: "risk", version: 1 }) { revision }');
  });

  it('takes it for the first of its minute, harmless, with nothing read before, unless it is told otherwise', async () => {
    expect([await explained(), await explained({}), await explained({ labels: null })]).toEqual(
      Array.from({ length: 3 }, () => 'allow grant'),
    );
  });

  it.each([
    [{ recentRate: 5 }, 'allow grant'],
    [{ recentRate: 6 }, 'deny policy'],
    [{ scorer: 0.8 }, 'allow grant'],
    [{ scorer: 0.8001 }, 'deny policy'],
    [{ labels: { secrecy: 'secret' } }, 'allow grant'],
    [{ labels: { trust: 'untrusted' } }, 'deny policy'],
    [{ provenance: ['from'] }, 'allow grant'],
    [{ provenance: ['to'] }, 'deny policy'],
  ])('with %j says %s, and changes nothing', async (signals, wanted) => {
    const before = await api.revision();
    expect(await explained(signals)).toBe(wanted);
    expect(await api.revision()).toBe(before);
  });

  it.each([
    [{ recentRate: -1 }, 'use 0 or more'],
    [{ scorer: 1.1 }, 'use 0 to 1'],
    [{ scorer: 0.12345 }, 'use at most 4 places'],
    [{ labels: { trust: 'certain' } }, 'use trusted or untrusted'],
  ])('refuses %j and says what to write', async (signals, message) => {
    const input = { agent: 'bot', server: 'desk', tool: 'list', signals };
    const { code, errors } = await api.admin.ask(query, { input });
    expect([code, errors[0]?.message]).toEqual(['input_invalid', expect.stringContaining(message)]);
  });
});
