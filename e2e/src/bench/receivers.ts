import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { createPrivateKey } from 'node:crypto';
import { domains, feedDocument } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import { clientTextFrame, upgradeRequest } from './websocket-frames.js';

/**
 * A process of light sockets. It stamps the arrival of whatever contains the awaited text, so that the sender is what is
 * measured: no JSON is parsed and no signature checked here.
 */
type Command =
  | { type: 'raw'; port: number; count: number }
  | { type: 'feed'; port: number; guards: string[]; privateKey: string }
  | { type: 'await'; text: string; count: number };

let sockets: Socket[] = [];
let awaited: { text: Buffer; left: number; first: bigint; last: bigint } | undefined;

function arrived(chunk: Buffer): void {
  if (!awaited || !chunk.includes(awaited.text)) return;
  const now = process.hrtime.bigint();
  if (awaited.first === 0n) awaited.first = now;
  awaited.last = now;
  awaited.left -= 1;
  if (awaited.left > 0) return;
  process.send?.({ type: 'arrived', first: String(awaited.first), last: String(awaited.last) });
  awaited = undefined;
}

function closeAll(): void {
  for (const socket of sockets) socket.destroy();
  sockets = [];
}

async function openRaw(port: number, count: number): Promise<void> {
  closeAll();
  await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => resolve());
          socket.setNoDelay(true).on('error', reject).on('data', arrived);
          sockets.push(socket);
        }),
    ),
  );
}

type Stage = 'upgrade' | 'init' | 'snapshot' | 'live';

const heard: Record<Exclude<Stage, 'live'>, string> = {
  upgrade: '\r\n\r\n',
  init: 'connection_ack',
  snapshot: '"next"',
};

function initFrame(guard: string, privateKey: string): Buffer {
  const hello = JSON.stringify({ v: 1, guard, boot: randomUUID(), nonce: randomUUID(), at: Date.now() });
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
  const payload = { hello: signText(domains.hello, hello, key) };
  return clientTextFrame(JSON.stringify({ type: 'connection_init', payload }));
}

function subscribeFrame(): Buffer {
  const payload = { query: feedDocument, variables: { position: null } };
  return clientTextFrame(JSON.stringify({ id: '1', type: 'subscribe', payload }));
}

/** A graphql-ws client as thin as it can be: upgrade, init, subscribe, and from the first frame on only stamps. */
function openFeed(port: number, guard: string, privateKey: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let seen = '';
    let stage: Stage = 'upgrade';
    socket.setNoDelay(true).on('error', reject);
    socket.on('close', () => reject(new Error(`closed in ${stage}: ${seen.slice(0, 300)}`)));
    sockets.push(socket);
    socket.write(upgradeRequest(`127.0.0.1:${port}`, '/v1/feed'));
    socket.on('data', (chunk: Buffer) => {
      if (stage === 'live') return arrived(chunk);
      seen += chunk.toString('latin1');
      if (!seen.includes(heard[stage])) return;
      if (stage === 'upgrade') socket.write(initFrame(guard, privateKey));
      if (stage === 'init') socket.write(subscribeFrame());
      if (stage === 'snapshot') resolve();
      stage = stage === 'upgrade' ? 'init' : stage === 'init' ? 'snapshot' : 'live';
    });
  });
}

process.on('message', (command: Command) => {
  void (async () => {
    if (command.type === 'raw') await openRaw(command.port, command.count);
    if (command.type === 'feed') {
      closeAll();
      for (let at = 0; at < command.guards.length; at += 50) {
        await Promise.all(
          command.guards.slice(at, at + 50).map((guard) => openFeed(command.port, guard, command.privateKey)),
        );
      }
    }
    if (command.type === 'await')
      awaited = { text: Buffer.from(command.text), left: command.count, first: 0n, last: 0n };
    process.send?.({ type: 'ok' });
  })().catch((cause: unknown) => {
    process.send?.({ type: 'failed', why: String(cause) });
  });
});
process.on('disconnect', () => process.exit(0));
