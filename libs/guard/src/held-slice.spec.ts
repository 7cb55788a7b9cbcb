import { asRevision, type AccessTokenClaims, type EnvelopePayload } from '@portcullis/contracts';
import { decide, emptyState, type Decision, type State } from '@portcullis/policy';
import { agentStop, deskObjects, deskResource, ScriptedSlice, type Written } from '@portcullis/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeldSlice } from './held-slice.js';
import type { HighWater } from './high-water.js';

let log: ScriptedSlice;
let held: HeldSlice;
let mark: HighWater | undefined;

beforeEach(() => {
  log = new ScriptedSlice('support-desk');
  log.commit(deskObjects());
  held = new HeldSlice('support-desk');
  mark = undefined;
});

function offer(envelope: EnvelopePayload) {
  const offered = held.offer(envelope, mark);
  if (offered.kind === 'applied') mark = { generation: envelope.generation, revision: envelope.through };
  return offered.kind;
}

const suspend = (agent: string, status = 'suspended'): Written => ({
  kind: 'agent-status',
  id: agent,
  value: { status },
});

describe('P-D1 a held slice', () => {
  it('takes a snapshot, then each interval that follows on it', () => {
    expect(offer(log.snapshot('k'))).toBe('applied');
    log.commit([suspend('cs-prod')]);
    expect(offer(log.interval(1, 2, 'k'))).toBe('applied');
    expect(held.view).toMatchObject({ revision: 2, digest: log.digest() });
    expect(held.view?.state.agents.get('cs-prod')?.status).toBe('suspended');
  });

  it('moves its bounds by an empty interval', () => {
    offer(log.snapshot('k'));
    log.commit([]);
    expect(offer(log.interval(1, 2, 'k'))).toBe('applied');
    expect(held.view?.revision).toBe(2);
  });

  it('removes what left', () => {
    offer(log.snapshot('k'));
    log.commit([{ kind: 'credential', id: 'cs-prod-secret', value: null }]);
    expect(offer(log.interval(1, 2, 'k'))).toBe('applied');
    expect(held.view?.state.credentials.get('cs-prod-secret')).toBeUndefined();
    expect(held.view?.digest).toBe(log.digest());
  });

  it('asks for a snapshot at a gap, before anything is held, and when the digest is another; nothing changes', () => {
    expect(offer(log.interval(0, 1, 'k'))).toBe('gap');
    offer(log.snapshot('k'));
    const before = held.view;
    log.commit([suspend('cs-prod')]);
    log.commit([suspend('research')]);
    expect(offer(log.interval(2, 3, 'k'))).toBe('gap');
    expect(offer(log.interval(0, 2, 'k'))).toBe('gap');
    expect(offer({ ...log.interval(1, 2, 'k'), digest: log.digest(1) })).toBe('gap');
    expect(offer({ ...log.snapshot('k'), digest: log.digest(1) })).toBe('gap');
    expect(held.view).toBe(before);
  });

  it('P-D2 refuses what is another slice', () => {
    expect(offer({ ...log.snapshot('k'), slice: 'warehouse' })).toBe('refused');
    expect(held.view).toBeUndefined();
  });

  it('P-B3 refuses a lower generation, another of the same number, and a snapshot from before', () => {
    log.newGeneration(5);
    log.commit([suspend('cs-prod')]);
    offer(log.snapshot('k'));
    const before = held.view;
    expect(offer({ ...log.snapshot('k'), generation: { number: 4, id: 'old' } })).toBe('refused');
    expect(offer({ ...log.snapshot('k'), generation: { number: 5, id: 'twin' } })).toBe('refused');
    expect(offer(log.snapshot('k', 1))).toBe('refused');
    expect(held.view).toBe(before);
  });

  it('P-B3 takes a higher generation by snapshot only, even at a lower revision', () => {
    log.commit([suspend('cs-prod')]);
    offer(log.snapshot('k'));
    const next = new ScriptedSlice('support-desk');
    next.newGeneration(2);
    next.commit(deskObjects());
    expect(offer(next.interval(0, 1, 'k'))).toBe('gap');
    expect(offer(next.snapshot('k'))).toBe('applied');
    expect(held.view).toMatchObject({ revision: 1, generation: next.generation });
  });

  it('P-D3 after a restart it goes on only at or above where it has been', () => {
    log.commit([suspend('cs-prod')]);
    offer(log.snapshot('k'));
    held = new HeldSlice('support-desk');
    expect(offer(log.snapshot('k', 1))).toBe('refused');
    expect(held.view).toBeUndefined();
    expect(offer(log.snapshot('k'))).toBe('applied');
  });
});

const objects = fc.constantFrom<Written>(
  suspend('cs-prod'),
  suspend('cs-prod', 'active'),
  suspend('research', 'retired'),
  agentStop('e1', 'cs-prod'),
  { kind: 'credential', id: 'cs-prod-secret', value: null },
  { kind: 'credential', id: 'new', value: { agent: 'cs-prod', status: 'active', expiresAt: null } },
  { kind: 'assignment', id: 'cs-prod-support', value: null },
);
const commits = fc.array(fc.array(objects, { maxLength: 3 }), { minLength: 1, maxLength: 8 });

describe('P-D1 P-D5 frames that are dropped, repeated, turned round and played again', () => {
  it('lose nothing and bring nothing back: what is held is always one revision of the log, never an earlier one than before', () => {
    fc.assert(
      fc.property(
        commits,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 40 }),
        (writes, deliveries) => {
          const log = new ScriptedSlice('support-desk');
          const held = new HeldSlice('support-desk');
          let mark: HighWater | undefined;
          const offer = (envelope: EnvelopePayload) => {
            const offered = held.offer(envelope, mark);
            if (offered.kind === 'applied') mark = { generation: envelope.generation, revision: envelope.through };
          };
          log.commit(deskObjects());
          for (const write of writes) log.commit(write);
          let revision = 0;
          for (const [first, second, isSnapshot] of deliveries) {
            const through = 1 + (first % log.head);
            offer(isSnapshot ? log.snapshot('k', through) : log.interval(second % (through + 1), through, 'k'));
            const now = held.view?.revision ?? 0;
            expect(now).toBeGreaterThanOrEqual(revision);
            revision = now;
            if (held.view) expect(held.view.digest).toBe(log.digest(now));
            if (held.view) expect(answers(held.view.state)).toEqual(answers(stateAt(log, now)));
          }
          offer(held.view ? log.interval(held.view.revision, log.head, 'k') : log.snapshot('k'));
          expect(held.view?.revision).toBe(log.head);
          expect(answers(held.view?.state)).toEqual(answers(stateAt(log, log.head)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

function stateAt(log: ScriptedSlice, revision: number): State | undefined {
  const fresh = new HeldSlice('support-desk');
  fresh.offer(log.snapshot('k', revision), undefined);
  return fresh.view?.state;
}

/** What a state answers to every call that the objects above can make a difference to. */
function answers(state: State = emptyState('support-desk')): readonly Decision[] {
  const now = 1_000_000;
  return ['cs-prod', 'research'].flatMap((agent) =>
    [`${agent}-secret`, 'new'].flatMap((credential) =>
      ['support', 'research'].flatMap((role) =>
        ['list_tickets', 'refund', 'purge'].map((tool) => {
          const claims = claimsOf({ agent, credential, role });
          const moment = { posture: 'fresh' as const, staleSeconds: 0, now };
          return decide(state, { claims, server: 'support-desk', tool, arguments: { amount: 5 }, ...moment });
        }),
      ),
    ),
  );
}

function claimsOf({ agent, credential, role }: { agent: string; credential: string; role: string }): AccessTokenClaims {
  const identity = { sub: agent, client_id: agent, agent, credential, role, instance: agent, environment: 'prod' };
  const rest = {
    iss: 'i',
    aud: deskResource,
    iat: 0,
    exp: 2_000_000,
    jti: 'j',
    task: 'execute' as const,
    rev: asRevision(0),
  };
  return { ...identity, ...rest };
}
