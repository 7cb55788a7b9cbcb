import { checks, type Finding } from './doctor-checks.js';
import type { Command } from './command.js';
import { exitCodes, UsageProblem } from './exit-codes.js';

export const doctor: Command = {
  usage: 'portcullis doctor [--json]',
  summary: 'look for what keeps an installation on this machine from working, and say what to do',
  async run(words, { json }, surroundings) {
    if (words.length > 0) throw new UsageProblem(`doctor takes no "${words.join(' ')}"`);
    const findings: (Finding & { readonly check: string })[] = [];
    for (const [check, look] of Object.entries(checks)) findings.push({ check, ...(await look(surroundings)) });
    if (json) surroundings.out(JSON.stringify({ findings }));
    else {
      for (const { check, verdict, what, remedy } of findings) {
        surroundings.out(
          `${verdict === 'fine' ? 'fine   ' : verdict === 'trouble' ? 'TROUBLE' : 'unknown'}  ${check}: ${what}${remedy ? `; ${remedy}` : ''}`,
        );
      }
    }
    return findings.some(({ verdict }) => verdict === 'trouble') ? exitCodes.refused : exitCodes.done;
  },
};
