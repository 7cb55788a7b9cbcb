import { createServer, type Server } from 'node:http';
import { exitCodes } from '@portcullis/contracts';
import { createGuard, type McpGuard } from '@portcullis/mcp-guard/v1';
import { supportDeskApp } from './app.js';
import { RefundBook } from './desk/refund-book.js';
import { openTickets } from './desk/tickets.js';
import { readSettings, type Settings } from './settings.js';
import { endWith, StartProblem } from './start-problem.js';

async function start(): Promise<void> {
  const settings = await readSettings(process.env);
  const guard = await startGuard(settings);
  const desk = { tickets: openTickets(), refunds: new RefundBook(settings.refundBook, settings.refundMs) };
  const server = createServer(supportDeskApp(guard, desk));
  await listen(server, settings.port);
  stopWhenAsked(server, guard);
  process.send?.({ type: 'ready' });
}

async function startGuard({ demo, guardState }: Settings): Promise<McpGuard> {
  try {
    return await createGuard({
      url: demo.guardUrl,
      joinToken: demo.joinToken,
      state: guardState,
      resource: demo.resource,
      log: (event) => process.stdout.write(`${JSON.stringify({ from: 'demo', ...event })}\n`),
    });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      'config_invalid',
      exitCodes.configuration,
      what,
      'rebuild the demo world with npm run demo:reset',
    );
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => server.once('error', reject));
  const listening = new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  try {
    await Promise.race([listening, failed]);
  } catch (error) {
    const what =
      error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'is taken' : 'cannot be opened';
    throw new StartProblem(
      'port_in_use',
      exitCodes.port,
      `port ${port} ${what}`,
      'set PORTCULLIS_DEMO_PORT to a free one',
    );
  }
}

function stopWhenAsked(server: Server, guard: McpGuard): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    server.close();
    await guard.close();
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  process.on('disconnect', () => void stop());
  process.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'stop') void stop();
  });
}

start().catch(endWith);
