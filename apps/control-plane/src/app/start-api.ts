import { readFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { LiveSockets } from '../sockets/live-sockets.js';
import { ChangeWake } from '../change-log/change-wake.js';
import { startAutomaticEnds } from '../agents/automatic-ends.js';
import { startSweep } from '../database/sweep.js';
import { currentRevision } from '../database/current-revision.js';
import { renewClaimToken } from '../install/claim-token.js';
import type { Config } from '../platform/config.js';
import { listen } from '../platform/listener.js';
import type { Log } from '../platform/log.js';
import type { Running } from '../platform/process.js';
import { AppModule } from './app.module.js';
import { createFront } from './front.js';
import { NestLog } from './nest-log.js';
import { openParts, type OpenedParts } from './open-parts.js';
import { tokenDoor } from './token-door.js';

/** What the parent process is told. */
export interface ApiReady extends Record<string, unknown> {
  readonly claimUrl: string | null;
  readonly revision: number;
}

export interface RunningApi extends Running {
  readonly ready: ApiReady;
}

/** `ca` stands in for the certificate authorities of Node (PEM). */
export async function startApi(config: Config, log: Log, ca?: string): Promise<RunningApi> {
  const parts = await openParts(config, log, ca);
  try {
    const app = await createApp(parts);
    await listen(app.getHttpServer(), config.ports.api, config.host, 'PORTCULLIS_PORT');
    const token = await renewClaimToken(parts.pool);
    const claimUrl = token === null ? null : `${config.publicUrl}/claim#${token}`;
    const wake = new ChangeWake(config.listenUrl, () => refreshKeys(parts), log);
    await wake.start();
    const stopSweep = startSweep(parts.pool, log);
    const stopEnds = startAutomaticEnds(parts.pool, log, config);
    return {
      ready: { claimUrl, revision: await currentRevision(parts.pool) },
      stop: async () => {
        await wake.stop();
        stopSweep();
        await stopEnds();
        await app.close();
        await parts.close();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

function refreshKeys({ tokenKeys, log }: OpenedParts): void {
  tokenKeys.refresh().catch((error: unknown) => log.error({ err: error }, 'the token keys could not be read'));
}

async function createApp(parts: OpenedParts): Promise<NestExpressApplication> {
  const { config, log } = parts;
  const adapter = new ExpressAdapter(createFront(parts));
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(parts, parts.pool), adapter, {
    bodyParser: false,
    logger: new NestLog(log),
    forceCloseConnections: true,
    abortOnError: false,
    ...(config.tls ? { httpsOptions: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) } } : {}),
  });
  await app.init();
  putBefore(app.getHttpServer(), (others) => tokenDoor(parts, others));
  app.get(LiveSockets).start(app.get(GraphQLSchemaHost).schema);
  return app;
}

/** Whoever listened for requests so far gets those that the new listener passes on. */
function putBefore(server: Server, door: (others: RequestListener) => RequestListener): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on(
    'request',
    door((request, response) => listeners.forEach((listener) => listener(request, response))),
  );
}
