import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CompleteRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
  type GetPromptResult,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { image } from './fixture-media.js';
import { addFixtureTools } from './fixture-tools.js';

type Content = GetPromptResult['messages'][number]['content'];
const said = (...contents: Content[]): GetPromptResult => ({
  messages: contents.map((content) => ({ role: 'user', content })),
});
const words = (text: string): Content => ({ type: 'text', text });
const read = (uri: string, mimeType: string, text: string): ReadResourceResult => ({
  contents: [{ uri, mimeType, text }],
});

function addResources(server: McpServer): void {
  const plain = { mimeType: 'text/plain' };
  for (const name of ['static-text', 'watched-resource'])
    server.registerResource(name, `test://${name}`, plain, () => read(`test://${name}`, 'text/plain', name));
  const binary = 'test://static-binary';
  server.registerResource('static-binary', binary, { mimeType: 'image/png' }, () => ({
    contents: [{ uri: binary, mimeType: 'image/png', blob: image }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  server.registerResource('template', template, { mimeType: 'application/json' }, (uri, { id }) =>
    read(uri.href, 'application/json', JSON.stringify({ id, templateTest: true })),
  );
  for (const schema of [SubscribeRequestSchema, UnsubscribeRequestSchema])
    server.server.setRequestHandler(schema, () => ({}));
}

function addPrompts(server: McpServer): void {
  server.registerPrompt('test_simple_prompt', { description: 'No arguments' }, () =>
    said(words('This is a simple prompt for testing.')),
  );
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Two arguments', argsSchema: { arg1: z.string(), arg2: z.string() } },
    ({ arg1, arg2 }) => said(words(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'Embeds what is named', argsSchema: { resourceUri: z.string() } },
    ({ resourceUri: uri }) => said({ type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'Embedded' } }),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'A picture' }, () =>
    said({ type: 'image', data: image, mimeType: 'image/png' }, words('Please analyze the image above.')),
  );
}

/** An MCP server with everything that the suite's server scenarios ask for, in the names it asks for. */
export function buildFixtureServer(): McpServer {
  const capabilities = { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} };
  const server = new McpServer({ name: 'conformance-fixture', version: '1.0.0' }, { capabilities });
  addFixtureTools(server);
  addResources(server);
  addPrompts(server);
  server.server.setRequestHandler(CompleteRequestSchema, () => ({ completion: { values: [] } }));
  return server;
}
