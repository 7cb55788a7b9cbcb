import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { replay, type State } from '@portcullis/policy';
import { loadDraftEngine, loadEngines } from '@portcullis/policy/engines';
import { Pool } from 'pg';
import { CONFIG } from '../app/provided.js';
import { readKek } from '../keys/kek.js';
import type { Config } from '../platform/config.js';
import { announcedDefinitions } from '../tools/definitions.queries.js';
import { DryRunGroups } from './dry-run-groups.js';
import { DryRunEdits } from './dry-run-edits.js';
import type { DryRunAsked } from './dry-run.input.js';
import type { DryRun } from './dry-run.model.js';
import { HeadStates } from './head-states.js';
import { credentialFor } from './known-objects.js';
import { pastCalls, type PastCall, type PastCalls } from './recorded-calls.js';
import type { StatesAtHead } from './states-at-head.js';

const mostLooked = 20_000;
const callsPerTurn = 500;
const hourMs = 3_600_000;

const cannotKnow = [
  'calls that were never made, because they would have been denied or the tool was not shown',
  'how much of a quota would have been left: each call is asked as the first of its window',
  'risk signals that no policy read of a call then: it is asked as the first of its minute, with nothing read before it, and found harmless',
  'what the token, the credential and the guard were like then: each call is asked with a token issued now, at a guard in touch',
];

/** Tries a change on what was called, before it is made. Nothing is changed by asking. */
@Injectable()
export class DryRunQueries {
  constructor(
    private readonly pool: Pool,
    private readonly head: HeadStates,
    private readonly edits: DryRunEdits,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async dryRun({ hours, ...change }: DryRunAsked): Promise<DryRun> {
    const states = await this.head.atHead();
    const edits = await this.edits.of(states, change);
    const from = new Date(states.now - hours * hourMs);
    const past = await pastCalls(this.pool, readKek(this.config.kekFile), from, mostLooked);
    const announced = await announcedDefinitions(this.pool);
    const engines = { ...(await loadEngines()), cedar: await loadDraftEngine() };
    const after = (server: string) => states.foresee(server, edits, engines);
    const groups = await replayAll(states, after, past.calls, announced);
    return { ...report(past, groups), revision: states.head, from, until: new Date(states.now), cannotKnow };
  }
}

type Announced = Awaited<ReturnType<typeof announcedDefinitions>>;

/** In turns, so that a long window does not hold up everybody else's answers. */
async function replayAll(
  states: StatesAtHead,
  foreseen: (server: string) => State,
  calls: readonly PastCall[],
  announced: Announced,
): Promise<DryRunGroups> {
  const groups = new DryRunGroups();
  const sides = new Map<string, readonly [State, State]>();
  for (const [index, call] of calls.entries()) {
    if (index % callsPerTurn === callsPerTurn - 1) await nextTurn();
    const environment = states.world.environmentOf(call.server);
    if (environment === undefined) continue;
    const [before, after] = sides.get(call.server) ?? [states.stateOf(call.server), foreseen(call.server)];
    sides.set(call.server, [before, after]);
    const { agent, role, task, tool, asked } = call;
    const credential = credentialFor(states.world, agent, states.now) ?? call.credential;
    const definition = announced.get(call.server)?.get(tool);
    const who = { agent, credential, role, task, tool, instance: call.instance ?? agent };
    groups.add(call, environment, replay(before, after, { ...asked, ...who, definition, now: states.now }));
  }
  return groups;
}

function report({ decisions, calls }: PastCalls, groups: DryRunGroups) {
  const [newlyAllowed, newlyHeld, newlyDenied] = [
    groups.count('newly-allowed'),
    groups.count('newly-held'),
    groups.count('newly-denied'),
  ];
  const replayed = calls.length - groups.ended;
  const sentence = `Of ${replayed} recorded calls: ${newlyAllowed} newly allowed, ${newlyDenied} newly denied, ${newlyHeld} newly held.`;
  const counts = {
    decisions,
    replayed,
    ended: groups.ended,
    notRecorded: decisions - calls.length,
    newlyAllowed,
    newlyHeld,
    newlyDenied,
  };
  return { ...counts, sentence, groups: groups.ordered() };
}
