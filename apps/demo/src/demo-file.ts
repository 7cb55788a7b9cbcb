import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const clientSchema = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });

/** What the control plane's seed leaves for the demo: `demo.json` in the data folder, readable by its owner alone. */
const demoFileSchema = z.object({
  joinToken: z.string().min(1),
  guardUrl: z.url(),
  tokenUrl: z.url(),
  resource: z.url(),
  agents: z.object({ 'cs-prod': clientSchema, research: clientSchema }),
});
export type DemoFile = z.infer<typeof demoFileSchema>;
export type DemoClient = z.infer<typeof clientSchema>;

export function dataFolder(environment: NodeJS.ProcessEnv): string {
  return resolve(environment['PORTCULLIS_DATA'] || '.portcullis');
}

/** Reads the file; a string says what is wrong with it. */
export async function readDemoFile(data: string): Promise<DemoFile | string> {
  const path = join(data, 'demo.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return `${path} cannot be read`;
  }
  try {
    const parsed = demoFileSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    return `${path} is wrong at ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`;
  } catch {
    return `${path} is not JSON`;
  }
}
