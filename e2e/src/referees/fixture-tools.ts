import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ContentBlock,
  ServerNotification,
  ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { CreateMessageResultSchema, ElicitResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { elicitationForms, type FormSchema } from './fixture-forms.js';
import { audio, image } from './fixture-media.js';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

const text = (words: string): ContentBlock => ({ type: 'text', text: words });
const picture: ContentBlock = { type: 'image', data: image, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, words: string): ContentBlock => ({
  type: 'resource',
  resource: { uri, mimeType, text: words },
});

/** What the suite wants to see in each answer, by tool. */
const answers: Readonly<Record<string, readonly ContentBlock[]>> = {
  test_simple_text: [text('This is a simple text response for testing.')],
  test_image_content: [picture],
  test_audio_content: [{ type: 'audio', data: audio, mimeType: 'audio/wav' }],
  test_embedded_resource: [embedded('test://embedded-resource', 'text/plain', 'An embedded resource.')],
  test_multiple_content_types: [
    text('Multiple content types test:'),
    picture,
    embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ],
};

async function progress(extra: Extra): Promise<CallToolResult> {
  const progressToken = extra._meta?.progressToken ?? 0;
  for (const done of [0, 50, 100])
    await extra.sendNotification({
      method: 'notifications/progress',
      params: { progressToken, progress: done, total: 100 },
    });
  return { content: [text(String(progressToken))] };
}

async function logging(extra: Extra): Promise<CallToolResult> {
  for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed'])
    await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
  return { content: [text('Tool with logging executed successfully')] };
}

async function elicit(extra: Extra, message: string, requestedSchema: FormSchema): Promise<CallToolResult> {
  const params = { message, requestedSchema };
  const { action, content } = await extra.sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema);
  return { content: [text(`action=${action}, content=${JSON.stringify(content ?? {})}`)] };
}

async function sample(extra: Extra, prompt: string): Promise<CallToolResult> {
  const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: prompt } }];
  const request = { method: 'sampling/createMessage' as const, params: { messages, maxTokens: 100 } };
  const { content } = await extra.sendRequest(request, CreateMessageResultSchema);
  return { content: [text(`LLM response: ${JSON.stringify(content)}`)] };
}

/** The tools that the server scenarios of the conformance suite call, by the names it expects. */
export function addFixtureTools(server: McpServer): void {
  for (const [name, content] of Object.entries(answers))
    server.registerTool(name, { description: name }, () => ({ content: [...content] }));
  server.registerTool('test_error_handling', { description: 'Fails on purpose' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  const nothing = { description: 'Speaks while it works', inputSchema: {} };
  server.registerTool('test_tool_with_progress', nothing, (_arguments, extra) => progress(extra));
  server.registerTool('test_tool_with_logging', nothing, (_arguments, extra) => logging(extra));
  server.registerTool(
    'test_sampling',
    { description: 'Asks the model of the client', inputSchema: { prompt: z.string() } },
    ({ prompt }, extra) => sample(extra, prompt),
  );
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user', inputSchema: { message: z.string() } },
    ({ message }, extra) => elicit(extra, message, elicitationForms.plain),
  );
  for (const [name, form] of [
    ['test_elicitation_sep1034_defaults', elicitationForms.defaults],
    ['test_elicitation_sep1330_enums', elicitationForms.enums],
  ] as const)
    server.registerTool(name, nothing, (_arguments, extra) => elicit(extra, 'Please fill in', form));
}

/** Their names, as an administrator would register them. */
export const fixtureToolNames: readonly string[] = [
  ...Object.keys(answers),
  'test_error_handling',
  'test_tool_with_progress',
  'test_tool_with_logging',
  'test_sampling',
  'test_elicitation',
  'test_elicitation_sep1034_defaults',
  'test_elicitation_sep1330_enums',
];
