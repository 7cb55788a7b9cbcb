import { definitionFields, type ToolDefinition } from '@portcullis/contracts';
import { definitionHash } from '@portcullis/contracts/signed';
import { isRecord, type RpcRequest, type RpcResponse } from './rpc.js';

/** A tool as its server announces it, and the hash of that; none when it cannot be written down. */
export interface AnnouncedTool {
  readonly name: string;
  readonly said: ToolDefinition;
  readonly definition: string | undefined;
}

const pageLimit = 100;

/** Reads every page of a server's own `tools/list`; `undefined` when the server does not answer it. */
export async function readCatalogue(
  ask: (request: RpcRequest) => Promise<RpcResponse>,
): Promise<readonly AnnouncedTool[] | undefined> {
  const tools: AnnouncedTool[] = [];
  let cursor: unknown;
  for (let page = 0; page < pageLimit; page++) {
    const response = await ask({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } });
    if (!('result' in response)) return undefined;
    tools.push(...toolsOf(response.result).flatMap(announced));
    cursor = response.result['nextCursor'];
    if (typeof cursor !== 'string') return tools;
  }
  return tools;
}

/** The tools of one `tools/list` response, in their order. */
export function pageOf(response: RpcResponse): readonly AnnouncedTool[] {
  return 'result' in response ? toolsOf(response.result).flatMap(announced) : [];
}

/**
 * The same `tools/list` response with only these tools, and of each only what an admin can accept: the fields of its definition. Of a
 * tool whose results are filtered the `outputSchema` is left out: clients check results against it and would refuse what is left.
 */
export function withTools(
  response: RpcResponse,
  tools: readonly AnnouncedTool[],
  isFiltered: (tool: AnnouncedTool) => boolean,
): RpcResponse {
  if (!('result' in response)) return response;
  const shown = tools.map((tool) => (isFiltered(tool) ? withoutOutputSchema(tool.said) : tool.said));
  return { ...response, result: { ...response.result, tools: shown } };
}

function withoutOutputSchema(said: ToolDefinition): ToolDefinition {
  return { ...said, outputSchema: undefined };
}

function toolsOf(result: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(result['tools']) ? result['tools'] : [];
}

/** What is hashed is a copy, and the copy is what is shown: the two cannot differ. */
function announced(tool: unknown): AnnouncedTool[] {
  if (!isRecord(tool) || typeof tool['name'] !== 'string') return [];
  const copy = JSON.parse(JSON.stringify(tool)) as Readonly<Record<string, unknown>>;
  const fields = definitionFields.flatMap((field) => (field in copy ? [[field, copy[field]] as const] : []));
  const said = Object.fromEntries(fields) as unknown as ToolDefinition;
  return [{ name: tool['name'], said, definition: definitionHash(said) }];
}
