import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';

const credentials: ReadonlySet<string> = new Set(['authorization', 'dpop', 'proxy-authorization', 'cookie']);

/** What a server learns about a request, without what would let it, or a tool in it, come in as the caller. */
export function withoutCredentials(extra: MessageExtraInfo | undefined): MessageExtraInfo | undefined {
  if (extra?.requestInfo === undefined) return extra;
  const headers = Object.entries(extra.requestInfo.headers).filter(([name]) => !credentials.has(name.toLowerCase()));
  return { ...extra, requestInfo: { ...extra.requestInfo, headers: Object.fromEntries(headers) } };
}
