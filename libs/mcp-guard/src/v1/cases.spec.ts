import { decisionMetaKey, withheldMetaKey } from '@portcullis/contracts';
import { claimsFor, earlierCalls, expectedAudit, loadCases, waitFor, type Case } from '@portcullis/testkit';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CaseDesk, worldKey } from './testing/case-desk.js';
import { openRaw, post } from './testing/raw-session.js';

vi.mock('node:os', async (original) => ({ ...(await original<typeof import('node:os')>()), uptime: () => 1000 }));

const cases = [...loadCases()].sort((a, b) => worldKey(a).localeCompare(worldKey(b)));
const byToken = new Set(['token_invalid', 'token_expired', 'wrong_audience', 'credential_revoked', 'agent_suspended']);
const hidden = new Set(['tool_unknown', 'no_assignment', 'no_grant']);

let desk: { readonly key: string; readonly open: CaseDesk } | undefined;
afterAll(async () => {
  await desk?.open.close();
  process.stdout.write(`${cases.length} case files ran over MCP\n`);
});

async function deskFor(theCase: Case): Promise<CaseDesk> {
  const key = worldKey(theCase);
  if (desk?.key === key) return desk.open;
  await desk?.open.close();
  desk = { key, open: await CaseDesk.open(theCase) };
  return desk.open;
}

const untravelled = 'refused before it was decided';

/** The case's call as a client makes it, and the response as it reads it. */
async function callOver({ url, link }: CaseDesk, theCase: Case): Promise<unknown> {
  const token = await link.token(claimsFor(theCase));
  const headers = await openRaw(url, token).catch((error: Error) => error);
  if (headers instanceof Error) return headers.message;
  const response = await post(url, requestText(theCase), headers);
  const text = await response.text();
  return response.status === 400 ? untravelled : JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null');
}

/** JSON has no word for infinity, but readers make it of a number that is large enough; it has none at all for NaN. */
function requestText({ call: { tool, arguments: args } }: Case): string {
  const word = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? `number ${value}` : value;
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: args } }, word)
    .replaceAll('"number Infinity"', '1e999')
    .replaceAll('"number -Infinity"', '-1e999')
    .replaceAll('"number NaN"', 'NaN');
}

function withheld(revision: number): object {
  return { isError: true, _meta: { [withheldMetaKey]: { revision } } };
}

function wantedOverMcp(theCase: Case): unknown {
  const { call, want } = theCase;
  if (theCase.answer) return { result: theCase.answer.left ?? withheld(want.revision) };
  if (want.outcome === 'allow') return { result: { content: [{ text: `did ${call.tool}` }] } };
  if (/NaN|"__proto__":/.test(requestText(theCase))) return untravelled;
  if (byToken.has(want.reason ?? '')) return 'no session: 401';
  if (hidden.has(want.reason ?? '')) {
    const text = expect.stringMatching(/^MCP error -32602: Tool \S* (not found|disabled)$/);
    return { result: { isError: true, content: [{ text }] } };
  }
  const { outcome, reason, revision } = want;
  return { result: { isError: true, _meta: { [decisionMetaKey]: { outcome, reason, revision } } } };
}

/** Makes the calls that come before the case's, and waits until all of them are reported. */
async function makeEarlier(open: CaseDesk, theCase: Case): Promise<void> {
  const decisions = () => open.link.events.filter(({ type }) => type === 'decision').length;
  const [before, earlier] = [decisions(), earlierCalls(theCase)];
  for (const one of earlier)
    expect(await callOver(open, one)).toMatchObject({ result: { content: [{ text: `did ${one.call.tool}` }] } });
  await waitFor(() => decisions() === before + earlier.length, { what: 'the earlier calls reported' });
}

describe('the case files, over MCP', () => {
  it.each(cases.map((theCase) => [theCase.file, theCase.case, theCase] as const))(
    '%s: %s',
    async (_file, _name, theCase) => {
      const open = await deskFor(theCase);
      await makeEarlier(open, theCase);
      const seen = open.link.events.length;
      const answer = await callOver(open, theCase);
      const wanted = wantedOverMcp(theCase);
      if (typeof wanted === 'string') expect(answer).toBe(wanted);
      else expect(answer).toMatchObject(wanted as object);
      if (theCase.answer?.left) expect((answer as { result: unknown }).result).toEqual(theCase.answer.left);
      if (theCase.given.posture !== 'fresh' || typeof wanted === 'string') return;
      const event = await waitFor(() => open.link.events.slice(seen).find(({ type }) => type === 'decision'), {
        what: 'the decision reported',
      });
      expect(event).toMatchObject({ ...expectedAudit(theCase) });
    },
  );
});
