import { assertNode } from './start/node-version.mjs';
import { report } from './start/problem.mjs';

// Everything else is loaded after this check: an older Node would stop at an import it does not know.
try {
  assertNode(process.versions.node);
  const { main } = await import('./start/main.mjs');
  await main();
} catch (error) {
  process.exit(report(error));
}
