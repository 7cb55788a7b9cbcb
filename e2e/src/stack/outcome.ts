import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { waitFor } from '@portcullis/testkit';
import type { Admin } from './admin.js';
import { callTool, denialOf } from './mcp-agent.js';

/** What became of a call, in two words: `allowed`, `deny kill_switch`, `aborted …`, or `token refused` when it was not even heard. */
export async function outcomeOf(
  client: Client,
  tool = 'list_tickets',
  args: Record<string, unknown> = {},
): Promise<string> {
  try {
    const denial = denialOf(await callTool(client, tool, args));
    return denial === undefined ? 'allowed' : `${denial.outcome} ${denial.reason}`;
  } catch (error) {
    if (
      error instanceof Error &&
      /\b401\b|unauthorized|invalid_token|invalid or expired|The access token/i.test(`${error.name} ${error.message}`)
    )
      return 'token refused';
    throw error;
  }
}

/** Calls that the guards of an installation are executing now. */
export async function callsInFlight(admin: Admin): Promise<number> {
  const { servers } = await admin.get<{ servers: { guards: { inFlight: number }[] }[] }>(
    '{ servers { guards { inFlight } } }',
  );
  return servers.flatMap(({ guards }) => guards).reduce((sum, { inFlight }) => sum + inFlight, 0);
}

export async function untilInFlight(admin: Admin, count = 1): Promise<void> {
  await waitFor(async () => (await callsInFlight(admin)) === count, {
    what: `${count} calls in flight`,
    withinMs: 8_000,
  });
}

/** Does something while a client calls without a pause; gives what was done, and the outcome of each call. */
export async function whileCalling<T>(client: Client, act: () => Promise<T>): Promise<readonly [T, readonly string[]]> {
  const outcomes: string[] = [];
  let isCalling = true;
  const calls = (async () => {
    while (isCalling) outcomes.push(await outcomeOf(client));
  })();
  try {
    return [await act(), outcomes];
  } finally {
    isCalling = false;
    await calls;
  }
}
