import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';

const credentials: ReadonlySet<string> = new Set(['authorization', 'dpop', 'proxy-authorization', 'cookie']);

/** What a server learns about a request, without what would let it, or a tool in it, come in as the caller. */
export function withoutCredentials(extra: MessageExtraInfo | undefined): MessageExtraInfo | undefined {
  if (extra?.requestInfo === undefined) return extra;
  const { headers } = extra.requestInfo;
  const left: typeof headers = {};
  for (const name in headers) if (!credentials.has(name.toLowerCase())) left[name] = headers[name];
  return { ...extra, requestInfo: { ...extra.requestInfo, headers: left } };
}
