import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

/** A browser that can be launched, and the environment it needs. */
export interface FoundBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where it came from, for messages. */
  readonly origin: string;
}

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Finds a Chromium: `PORTCULLIS_CHROMIUM`, then an installed Chrome or Chromium, then the npm package `@sparticuz/chromium`
 * (x64 Linux), which is unpacked once per version into a private folder under the temp folder. Throws when there is none.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const chosen = process.env['PORTCULLIS_CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`PORTCULLIS_CHROMIUM names ${chosen}, which does not exist`);
    return { executablePath: chosen, env: {}, origin: 'PORTCULLIS_CHROMIUM' };
  }
  const found = installed.find((path) => existsSync(path));
  if (found) return { executablePath: found, env: {}, origin: 'installed' };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chrome or Chromium found: install one or set PORTCULLIS_CHROMIUM to its path');
  }
  return packaged();
}

async function packaged(): Promise<FoundBrowser> {
  const folder = await unpackedFolder();
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: folder, HOME: folder, TMPDIR: folder },
    origin: '@sparticuz/chromium',
  };
}

async function unpackedFolder(): Promise<string> {
  const packageFolder = folderOf('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const uid = process.getuid?.() ?? 0;
  const final = join(tmpdir(), `portcullis-chromium-${version}-${uid}`);
  if (isOurs(final, uid)) return final;
  const staging = await mkdtemp(`${final}-`);
  await unpackInto(staging);
  await writeFile(join(staging, 'fonts.conf'), fontsConf(final));
  // Test processes start together: each unpacks for itself, the first rename wins and the others take its folder.
  await rename(staging, final).catch(() => rm(staging, { recursive: true, force: true }));
  if (!isOurs(final, uid)) throw new Error(`${final} belongs to somebody else: remove it, or set PORTCULLIS_CHROMIUM`);
  return final;
}

function folderOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!folder.endsWith(join('node_modules', name))) folder = dirname(folder);
  return folder;
}

function isOurs(folder: string, uid: number): boolean {
  if (!existsSync(join(folder, 'fonts.conf'))) return false;
  const stat = lstatSync(folder);
  return stat.isDirectory() && (process.getuid === undefined || stat.uid === uid);
}

// In a process of its own: the package reads its variables when imported and reuses whatever lies in the temp folder.
async function unpackInto(folder: string): Promise<void> {
  const script = `import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath());`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: dirname(new URL(import.meta.url).pathname),
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
  });
  await mkdir(join(folder, 'fonts'), { recursive: true });
}

// The package's own configuration lists only paths that do not exist here; without a font every page comes out blank.
function fontsConf(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}
