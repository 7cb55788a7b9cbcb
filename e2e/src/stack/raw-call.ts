import type { DemoWorld } from './demo-world.js';

interface RawAnswer {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

/** Calls `refund` at the demo's server with arguments as they stand in the body, byte by byte; `code` is the RPC error's or the denial's reason. */
export function rawRefund(args: string | Buffer): (world: DemoWorld) => Promise<() => Promise<RawAnswer>> {
  return async (world) => {
    const headers = await sessionHeaders(world);
    const body = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"refund","arguments":'),
      Buffer.from(args),
      Buffer.from('}}'),
    ]);
    return async () => {
      const response = await fetch(world.resource, { method: 'POST', headers, body });
      const text = await response.text();
      const code = /"reason":"(\w+)"/.exec(text)?.[1] ?? /"code":"?(-\d+|\w+)/.exec(text)?.[1] ?? '';
      return { status: response.status, code, text };
    };
  };
}

/** Opens a session as an MCP client does, with what its further requests carry. */
async function sessionHeaders(world: DemoWorld): Promise<Record<string, string>> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${await world.token('cs-prod', 'role:support task:execute')}`,
  };
  const send = (message: object, more: Record<string, string> = {}) =>
    fetch(world.resource, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  const clientInfo = { name: 'raw', version: '1.0.0' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  const opened = await send({ id: 0, method: 'initialize', params });
  await opened.text();
  const session = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
  await (await send({ method: 'notifications/initialized' }, session)).text();
  return { ...headers, ...session };
}
