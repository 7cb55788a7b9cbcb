import type { ServerResponse } from 'node:http';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { parseStrictJson } from '@portcullis/boundary';
import { header, sendProblem, sendRpcError, type HostRequest } from './http.js';
import { deepestMessage, isTooDeep } from './is-too-deep.js';
import { bodyLimitBytes, readBody } from './read-body.js';
import { isRecord } from './rpc.js';

type Message = Readonly<Record<string, unknown>>;

/**
 * The one JSON-RPC message of a POST; `undefined` when it was refused and answered. A batch is refused, because one answer
 * could not be held back alone. A body that the host's own parser has read is taken as that parser gave it.
 */
export async function readMessage(request: HostRequest, response: ServerResponse): Promise<Message | undefined> {
  const value = request.body === undefined ? await readStrictly(request, response) : { value: request.body };
  if (value === undefined) return undefined;
  const refusal = refusalOf(request, value.value);
  if (refusal === undefined && isRecord(value.value)) return value.value;
  return void sendRpcError(
    response,
    400,
    ErrorCode.InvalidRequest,
    `Invalid Request: ${refusal ?? 'one JSON-RPC message is wanted'}`,
  );
}

async function readStrictly(
  request: HostRequest,
  response: ServerResponse,
): Promise<{ readonly value: unknown } | undefined> {
  const body = await readBody(request);
  if ('trouble' in body) {
    if (body.trouble !== 'too-large')
      return void sendRpcError(response, 400, ErrorCode.ParseError, 'Parse error: the body is not UTF-8 text');
    const detail = `Send at most ${bodyLimitBytes} bytes.`;
    return void sendProblem(
      response,
      { title: 'Body too large', status: 413, code: 'body_too_large', detail },
      { connection: 'close' },
    );
  }
  const parsed = parseStrictJson(body.text);
  if ('value' in parsed) return parsed;
  if (parsed.trouble === 'syntax')
    return void sendRpcError(response, 400, ErrorCode.ParseError, 'Parse error: Invalid JSON');
  return void sendRpcError(
    response,
    400,
    ErrorCode.InvalidRequest,
    'Invalid Request: a member name is repeated or reserved',
  );
}

/** What is decided is the body. A header that names something else would let the path there decide something else. */
function refusalOf(request: HostRequest, value: unknown): string | undefined {
  if (Array.isArray(value)) return 'batches are not taken';
  if (isTooDeep(value)) return `nested deeper than ${deepestMessage} levels`;
  if (!isRecord(value)) return undefined;
  const params = isRecord(value['params']) ? value['params'] : {};
  const isMethodOther = differs(header(request, 'mcp-method'), value['method']);
  const isNameOther = value['method'] === 'tools/call' && differs(header(request, 'mcp-name'), params['name']);
  return isMethodOther || isNameOther ? 'a header says something else than the body' : undefined;
}

function differs(said: string | undefined, meant: unknown): boolean {
  return said !== undefined && said !== meant;
}
