import { dataFolder, readDemoFile, type DemoFile } from './demo-file.js';
import { Agent } from './incident/agent.js';
import { readArguments } from './incident/arguments.js';
import type { Attempt } from './incident/attempt.js';
import { Bystander } from './incident/bystander.js';
import { jsonStage } from './incident/json-stage.js';
import { playIncident } from './incident/play.js';
import refunds from './incident/refunds.json' with { type: 'json' };
import { tableStage } from './incident/table-stage.js';
import { TokenSource } from './incident/token-source.js';
import { Unreachable } from './incident/unreachable.js';
import { endWith, StartProblem } from './start-problem.js';

const unreachableExit = 3;
const interruptedExit = 130;
const bystanderEveryMs = 2000;

async function main(): Promise<number> {
  const { isJson, paceMs } = readArguments(process.argv.slice(2));
  const demo = await readDemo();
  const ending = new AbortController();
  const bystander = new Bystander(agentFor(demo, 'research', 'role:research task:lookup'));
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  const stage = isJson ? jsonStage(write) : tableStage(write, refunds.length, bystander);
  const attempts: Attempt[] = [];
  const tried = (attempt: Attempt): void => {
    attempts.push(attempt);
    stage.tried(attempt);
  };

  process.once('SIGINT', () => ending.abort());
  const agent = agentFor(demo, 'cs-prod', 'role:support task:execute instance:cs-prod-4729');
  const others = bystander.work({
    everyMs: Math.min(bystanderEveryMs, paceMs || bystanderEveryMs),
    signal: ending.signal,
  });
  try {
    await playIncident(agent, { told: stage.told, tried }, { paceMs, signal: ending.signal });
  } finally {
    const wasInterrupted = ending.signal.aborted;
    process.exitCode = wasInterrupted ? interruptedExit : 0;
    ending.abort();
    await Promise.allSettled([others, agent.close()]);
  }
  stage.ended(attempts, bystander);
  return wasInterrupted ? interruptedExit : 0;
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

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => endWith(error instanceof Unreachable ? unreachable(error.message) : error));
