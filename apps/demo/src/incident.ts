import { dataFolder, readDemoFile, type DemoFile } from './demo-file.js';
import { Agent } from './incident/agent.js';
import { readArguments } from './incident/arguments.js';
import { Bystander } from './incident/bystander.js';
import { jsonStage } from './incident/json-stage.js';
import { playIncident } from './incident/play.js';
import refunds from './incident/refunds.json' with { type: 'json' };
import { tableStage } from './incident/table-stage.js';
import { TokenSource } from './incident/token-source.js';
import { statusOf, Unreachable } from './incident/unreachable.js';
import { endWith, StartProblem } from './start-problem.js';

const unreachableExit = 3;
const interruptedExit = 130;
const bystanderEveryMs = 2000;

async function main(): Promise<number> {
  const { isJson, paceMs } = readArguments(process.argv.slice(2));
  const demo = await readDemo();
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const bystander = new Bystander(agentFor(demo, 'research', 'role:research task:lookup'));
  const stage = isJson ? jsonStage(say) : tableStage(say, refunds.length, bystander);
  const agent = agentFor(demo, 'cs-prod', 'role:support task:execute instance:cs-prod-4729');
  let hasBegun = false;
  const told = (words: string): void => {
    hasBegun = true;
    stage.told(words);
  };
  const everyMs = Math.min(bystanderEveryMs, paceMs || bystanderEveryMs);
  const others = bystander.work({ everyMs, signal: ending.signal });
  try {
    await playIncident(agent, { ...stage, told }, { paceMs, signal: ending.signal });
    return ending.signal.aborted ? interruptedExit : 0;
  } finally {
    ending.abort();
    if (hasBegun) stage.ended(bystander);
    await Promise.allSettled([others, agent.close()]);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function agentFor(demo: DemoFile, name: 'cs-prod' | 'research', scope: string): Agent {
  const { tokenUrl, resource } = demo;
  return new Agent(name, resource, new TokenSource({ tokenUrl, resource, scope, client: demo.agents[name] }));
}

async function readDemo(): Promise<DemoFile> {
  const demo = await readDemoFile(dataFolder(process.env));
  if (typeof demo === 'string') throw unreachable(demo);
  return demo;
}

function unreachable(what: string): StartProblem {
  return new StartProblem('unavailable', unreachableExit, what, 'start the demo with npm start and try again');
}

function problemOf(error: unknown): unknown {
  if (error instanceof Unreachable) return unreachable(error.message);
  const status = statusOf(error);
  return status === undefined ? error : unreachable(`the support desk answered ${status}`);
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => endWith(problemOf(error)));
