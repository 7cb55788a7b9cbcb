import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Nobody answers where the demo should be. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The HTTP status with which a request was refused; 0 when there was no answer at all. */
export function statusOf(error: unknown): number | undefined {
  if (error instanceof StreamableHTTPError) return error.code;
  return error instanceof TypeError && error.message === 'fetch failed' ? 0 : undefined;
}
