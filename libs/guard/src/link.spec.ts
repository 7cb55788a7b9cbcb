import { randomBytes } from 'node:crypto';
import type { ReportAnswer } from '@portcullis/contracts';
import { feedCloseCodes } from '@portcullis/contracts';
import { agentStop, newFeedKey, scriptedLink, sealed, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerOf, reasonOf, started, untilPosture, type Started } from './started.fixture.js';

let link: ScriptedLink;
let begun: Started | undefined;

beforeEach(async () => {
  link = await scriptedLink();
  begun = undefined;
});
afterEach(async () => {
  await begun?.guard.close();
  await link.close();
});

async function start(options: Parameters<typeof started>[1] = {}) {
  begun = await started(link, options);
  return begun;
}

function untilRevision({ guard }: Started, revision: number): Promise<true> {
  return waitFor(() => guard.revision === revision, { what: `revision ${revision}` });
}

/** From here on each answer gives half a second. */
async function shortLease(): Promise<void> {
  link.answers.leaseMs = 500;
  const reports = link.reports.length;
  await waitFor(() => link.reports.length > reports + 1, { what: 'the shorter lease' });
}

const suspended = { kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } };
const frame = (text: object) => JSON.stringify(text);

describe('P-A1 the lease', () => {
  it('is not renewed by the feed: with reports unanswered it runs out while frames go on arriving', async () => {
    const { guard } = await start();
    expect(guard.posture).toBe('fresh');
    await shortLease();
    link.answers.isMute = true;
    await waitFor(
      () => {
        link.commit();
        return guard.posture === 'stale';
      },
      { what: 'the end of the lease' },
    );
    expect(guard.revision).toBeGreaterThan(1);
    expect(reasonOf(guard.decide(await callerOf(guard, link), 'list_tickets', {}))).toBe('posture_stale');
    link.answers.isMute = false;
    await untilPosture(guard, 'fresh');
  });

  it('does not start before the head of the answer is applied', async () => {
    link.deliver = () => [];
    const { guard, log } = await start();
    expect(guard.posture).toBe('severed');
    expect(link.reports.every((report) => report.holds === null)).toBe(true);
    link.deliver = (frames) => frames;
    await untilPosture(guard, 'fresh');
    expect(log.some((line) => line.what === 'resync')).toBe(true);
  });

  it.each<[string, (answer: ReportAnswer) => ReportAnswer]>([
    ['of another guard', (answer) => ({ ...answer, guard: 'guard-9' })],
    ['of another boot', (answer) => ({ ...answer, boot: crypto.randomUUID() })],
    ['to another report', (answer) => ({ ...answer, nonce: randomBytes(16).toString('base64url') })],
    ['by an unknown key', (answer) => ({ ...answer, kid: 'feed-9' })],
    ['P-B3 from a lower generation', (answer) => ({ ...answer, generation: { number: 1, id: 'x' } })],
    ['P-B3 with a head below what is held', (answer) => ({ ...answer, head: 0 as ReportAnswer['head'] })],
  ])('P-A1 P-D2 is not renewed by an answer %s', async (_what, edit) => {
    link.newGeneration();
    const { guard } = await start();
    await shortLease();
    link.answers.edit = edit;
    await untilPosture(guard, 'stale');
    link.answers.edit = (answer) => answer;
    await untilPosture(guard, 'fresh');
  });

  it('is renewed by an answer that a newer frame has overtaken', async () => {
    const { guard, log } = await start();
    link.answers.hold = async () => {
      const revision = link.commit();
      await waitFor(() => guard.revision === revision, { what: 'the overtaking frame' });
    };
    const reports = link.reports.length;
    await waitFor(() => link.reports.length > reports + 5, { what: 'five more reports' });
    link.answers.hold = () => Promise.resolve();
    expect(log.filter((line) => line.what === 'answer_refused')).toEqual([]);
    expect(guard.posture).toBe('fresh');
  });

  it('P-D2 is not renewed by an answer that no feed key signed', async () => {
    const { guard } = await start();
    await shortLease();
    link.answers.signWith = newFeedKey('forger').privateKey;
    await untilPosture(guard, 'stale');
  });

  it('P-A6 without an answer nobody is let in, and control time decides when a token ends', async () => {
    const { guard } = await start();
    const caller = await callerOf(guard, link);
    expect(reasonOf(guard.decide(caller, 'list_tickets', {}))).toBeNull();
    link.answers.now = () => Date.now() + 301_000;
    await waitFor(() => reasonOf(guard.decide(caller, 'list_tickets', {})) === 'token_expired', {
      what: 'the end of the token',
    });
  });
});

describe('P-D2 frames', () => {
  it('are refused when forged, of another domain, or of another slice, and nothing changes', async () => {
    const { guard, log } = await start();
    link.slice.commit([suspended]);
    const envelope = link.slice.interval(1, 2, link.keys.feed.kid);
    const good = sealed(envelope, link.keys.feed);
    link.push(frame(sealed(envelope, newFeedKey(link.keys.feed.kid))));
    link.push(frame({ ...good, payload: good.payload.replace('suspended', 'active   ') }));
    link.push(frame(sealed({ ...envelope, slice: 'warehouse' }, link.keys.feed)));
    link.push(frame(link.keys.keySet(link.slice.generation)));
    link.push('no JSON');
    await waitFor(() => log.filter((line) => line.what === 'frame_refused').length === 5, { what: 'five refusals' });
    expect(guard.revision).toBe(1);
    link.push(frame(good));
    await waitFor(() => guard.revision === 2, { what: 'the true frame' });
  });

  it('P-D1 that are lost are noticed at the next one, and by the head when there is none', async () => {
    const { guard } = await start();
    link.deliver = () => [];
    link.commit(suspended);
    link.deliver = (frames) => frames;
    link.commit();
    await untilRevision(begun as Started, 3);
    expect(link.asked.at(-1)).toBeUndefined();

    link.deliver = () => [];
    link.commit(agentStop('e1', 'research'));
    link.deliver = (frames) => frames;
    await untilRevision(begun as Started, 4);
    expect(link.asked.at(-1)).toMatchObject({ revision: 3 });
    expect(await guard.verify(await link.token())).toEqual({ refused: 'agent_suspended' });
  });

  it('P-D5 that come twice, late or again bring nothing back', async () => {
    const { guard } = await start();
    const kept: string[] = [];
    link.deliver = (frames) => {
      kept.push(...frames);
      return [...kept, ...frames].reverse();
    };
    link.commit(suspended);
    await untilRevision(begun as Started, 2);
    link.commit(agentStop('e1', 'research'));
    await untilRevision(begun as Started, 3);
    for (const old of kept) link.push(old);
    link.push(frame(sealed(link.slice.snapshot(link.keys.feed.kid, 1), link.keys.feed)));
    link.commit();
    await untilRevision(begun as Started, 4);
    expect(await guard.verify(await link.token())).toEqual({ refused: 'agent_suspended' });
  });

  it('resume where the guard stood after the line was cut, and a snapshot comes with a new generation', async () => {
    const { guard } = await start();
    await link.cut();
    link.commit(suspended);
    await link.restore();
    await untilRevision(begun as Started, 2);
    expect(link.asked.at(-1)).toMatchObject({ revision: 1 });
    link.newGeneration();
    await waitFor(() => link.reports.at(-1)?.holds?.generation === link.slice.generation.id, {
      what: 'the new generation',
    });
    await untilPosture(guard, 'fresh');
  });
});

describe('P-B3 a generation', () => {
  it('that no key set names is refused, whoever signed the frame; one that the root key names is taken', async () => {
    const { guard, log } = await start();
    const before = link.slice.generation;
    link.slice.newGeneration();
    const { kid } = link.keys.feed;
    link.push(frame(sealed(link.slice.snapshot(kid), link.keys.feed)));
    await waitFor(() => log.some((line) => line.why === 'no key set names its generation'), { what: 'the refusal' });
    expect(link.reports.at(-1)?.holds?.generation).toBe(before.id);
    link.newGeneration();
    const { id } = link.slice.generation;
    await waitFor(() => link.reports.at(-1)?.holds?.generation === id, { what: 'the named generation' });
    await untilPosture(guard, 'fresh');
  });
});

describe('P-D3 a restart', () => {
  it('starts closed, names the boot before, and never goes below where it has been', async () => {
    const first = await start();
    link.commit(suspended);
    await untilRevision(first, 2);
    await first.guard.close();
    const durable = link.intake.durable(link.reports[0]?.boot ?? '');
    const reports = link.reports.length;

    link.answers.isMute = true;
    const second = await start({ state: first.state });
    expect(second.guard.posture).toBe('severed');
    link.answers.isMute = false;
    link.answers.edit = (answer) => ({ ...answer, head: 1 as ReportAnswer['head'] });
    await waitFor(() => second.log.some((line) => line.what === 'answer_refused'), {
      what: 'the refusal of an old head',
    });
    expect(second.guard.posture).toBe('severed');
    link.answers.edit = (answer) => answer;
    await untilPosture(second.guard, 'fresh');
    expect(link.reports[reports]?.previousBoot).toEqual({ boot: link.reports[0]?.boot, durable });
    expect(link.reports.at(-1)?.previousBoot).toBeNull();
  });
});

describe('the control plane’s word', () => {
  it.each(['guard_refused', 'guard_outdated'])('%s closes the guard for good', async (code) => {
    const { guard } = await start();
    const caller = await callerOf(guard, link);
    link.answers.refuseWith = code;
    await untilPosture(guard, 'severed');
    expect(reasonOf(guard.decide(caller, 'list_tickets', {}))).toBe('posture_severed');
    const reports = link.reports.length;
    link.answers.refuseWith = undefined;
    link.commit();
    expect(guard.revision).toBe(1);
    expect(link.reports).toHaveLength(reports);
  });

  it('the feed closed as forbidden closes the guard', async () => {
    const { guard } = await start();
    link.closeFeeds(feedCloseCodes.forbidden);
    await untilPosture(guard, 'severed');
    expect(link.subscribers).toBe(0);
  });

  it.each([
    ['too slow', feedCloseCodes.tooSlow],
    ['going away', feedCloseCodes.goingAway],
    ['P-E1 refused to a second boot', feedCloseCodes.secondBoot],
  ])('the feed closed as %s is opened again', async (_name, code) => {
    const { guard } = await start();
    link.closeFeeds(code);
    await waitFor(() => link.asked.length === 2, { what: 'the second subscription' });
    link.commit(suspended);
    await untilRevision(begun as Started, 2);
    expect(guard.posture).toBe('fresh');
  });

  it('P-D4 brings a newer key set in the answer, signed by the root; the keys before it are dead, also after a restart', async () => {
    const first = await start();
    const oldToken = await link.token();
    const caller = await first.guard.verify(oldToken);
    expect(reasonOf(caller)).toBeNull();
    const oldFeed = link.keys.feed;
    link.keys.rotate();
    await waitFor(() => link.reports.at(-1)?.keySet === 2, { what: 'the newer key set' });
    expect(await first.guard.verify(oldToken)).toMatchObject({ refused: 'token_invalid' });
    expect(reasonOf(await first.guard.verify(await link.token()))).toBeNull();
    link.slice.commit([suspended]);
    link.push(frame(sealed(link.slice.interval(1, 2, oldFeed.kid), oldFeed)));
    await waitFor(() => first.log.some((line) => line.what === 'frame_refused'), {
      what: 'the refusal of the old key',
    });
    await first.guard.close();
    const { guard } = await start({ state: first.state });
    expect(guard.posture).toBe('fresh');
    expect(link.reports.at(-1)?.keySet).toBe(2);
  });

  it('P-D4 is not taken when another key signed the key set, or its number is not higher', async () => {
    const { guard } = await start();
    link.answers.edit = (answer) => ({
      ...answer,
      keySet: link.keys.keySet(answer.generation, newFeedKey('forger').privateKey),
    });
    const reports = link.reports.length;
    await waitFor(() => link.reports.length > reports + 2, { what: 'two more reports' });
    expect(link.reports.at(-1)?.keySet).toBe(1);
    expect(guard.posture).toBe('fresh');
  });
});
