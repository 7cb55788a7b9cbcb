import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../platform/config.js';
import { demoWorld } from './demo-world.js';
import type { DemoSecrets } from './seed-world.js';

const demoFileSchema = z.object({
  agents: z.record(z.string(), z.object({ clientId: z.string(), clientSecret: z.string() })),
});

export function demoResource(config: Pick<Config, 'ports'>): string {
  return `http://localhost:${config.ports.demo}/mcp`;
}

/** The secrets of an earlier seed; `undefined` when the file is missing or is not whole. */
export function readDemoSecrets(data: string): DemoSecrets | undefined {
  const file = join(data, 'demo.json');
  if (!existsSync(file)) return undefined;
  try {
    const { agents } = demoFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const secrets = Object.fromEntries(
      Object.values(agents).map(({ clientId, clientSecret }) => [clientId, clientSecret]),
    );
    return demoWorld.agents.every(({ id }) => secrets[id] !== undefined) ? secrets : undefined;
  } catch {
    return undefined;
  }
}

/** What the demo server and the gullible agent need, for the owner of the data folder alone. */
export function writeDemoFile(config: Config, secrets: DemoSecrets, joinToken: string): void {
  const file = join(config.data, 'demo.json');
  const text = JSON.stringify({
    joinToken,
    guardUrl: config.guardUrl,
    tokenUrl: `${config.publicUrl}/oauth/token`,
    resource: demoResource(config),
    agents: Object.fromEntries(
      Object.entries(secrets).map(([id, secret]) => [id, { clientId: id, clientSecret: secret }]),
    ),
  });
  writeFileSync(`${file}.next`, text, { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
