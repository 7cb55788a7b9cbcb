import { isRecord, type RpcRequest, type RpcResponse } from './rpc.js';

/** A tool as its server announces it. */
export interface AnnouncedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: unknown;
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

/** The same `tools/list` response with only what `isListed` names. */
export function filterList(response: RpcResponse, isListed: (tool: string) => boolean): RpcResponse {
  if (!('result' in response)) return response;
  const tools = toolsOf(response.result).filter(
    (tool) => isRecord(tool) && typeof tool['name'] === 'string' && isListed(tool['name']),
  );
  return { ...response, result: { ...response.result, tools } };
}

function toolsOf(result: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(result['tools']) ? result['tools'] : [];
}

function announced(tool: unknown): AnnouncedTool[] {
  if (!isRecord(tool) || typeof tool['name'] !== 'string') return [];
  const { name, description, inputSchema } = tool;
  return [{ name, ...(typeof description === 'string' ? { description } : {}), inputSchema }];
}
