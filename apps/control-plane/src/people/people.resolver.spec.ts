import { describe, expect, it } from 'vitest';
import { TestPerson } from '../testing/test-person.js';
import { adminSignIn, testApi } from '../testing/test-api.js';

const rename = 'mutation { createAgent(input: { id: "nobody-made-this", name: "x" }) { revision } }';

describe('signing in', () => {
  const api = testApi();
  const sessions = async () => Number((await api.pool.query(`select count(*) as n from "session"`)).rows[0]?.n);
  const agents = async () => (await api.pool.query('select id from agent')).rows;

  it('answers an unknown address and a wrong password alike, in text and in time', async () => {
    const before = await sessions();
    const wrong = { ...adminSignIn, password: 'not the right words' };
    const unknown = { email: 'nobody@example.org', password: wrong.password };
    const timed = async (who: typeof wrong | typeof unknown) => {
      const start = performance.now();
      const answer = await api.visitor().signIn(who);
      return {
        ms: performance.now() - start,
        text: JSON.stringify(answer.errors).replace(/[0-9a-f-]{36}/g, 'id'),
        status: answer.status,
      };
    };
    const known: Awaited<ReturnType<typeof timed>>[] = [];
    const others: typeof known = [];
    for (let tries = 0; tries < 4; tries++) {
      known.push(await timed(wrong));
      others.push(await timed(unknown));
    }
    const fastest = (tries: typeof known) => Math.min(...tries.map((tried) => tried.ms));
    expect(new Set([...known, ...others].map((tried) => `${tried.status} ${tried.text}`)).size).toBe(1);
    expect(known[0]?.text).toContain('sign_in_refused');
    expect(fastest(others)).toBeGreaterThan(fastest(known) / 3);
    expect(fastest(others)).toBeLessThan(fastest(known) * 3);
    expect(await sessions()).toBe(before);
  });

  it('gives a cookie that scripts cannot read and one that they can', async () => {
    const answer = await api.visitor().signIn(adminSignIn);
    const [session = '', csrf = ''] = answer.headers.getSetCookie();
    expect(session).toMatch(/^portcullis=[^;]+;/);
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(session).toMatch(/Path=\/(;|$)/i);
    expect(csrf).toMatch(/^portcullis-csrf=[^;]+;/);
    expect(csrf).not.toMatch(/HttpOnly/i);
  });

  it('refuses a mutation without the token of its own session, and nothing is made', async () => {
    const before = [await api.revision(), await agents()];
    const ada = api.visitor();
    const other = api.visitor();
    await ada.signIn(adminSignIn);
    await other.signIn(adminSignIn);
    const answers = [
      await ada.ask(rename, {}, { 'x-portcullis-csrf': '' }),
      await ada.ask(rename, {}, { 'x-portcullis-csrf': other.csrfToken }),
    ];
    expect(answers.map((answer) => answer.code)).toEqual(['csrf_refused', 'csrf_refused']);
    expect([await api.revision(), await agents()]).toEqual(before);
  });

  it('refuses to begin a session for a foreign page', async () => {
    const before = await sessions();
    const answer = await api
      .visitor()
      .ask(
        'mutation ($input: SignInInput!) { signIn(input: $input) { revision } }',
        { input: adminSignIn },
        { origin: 'https://evil.example' },
      );
    expect(answer.code).toBe('origin_refused');
    expect(await sessions()).toBe(before);
  });

  it('ends a session for good', async () => {
    const ada = api.visitor();
    await ada.signIn(adminSignIn);
    const stolen = new TestPerson(ada.url);
    for (const [name, value] of ada.cookies) stolen.cookies.set(name, value);
    await ada.get('mutation { signOut { revision } }');
    expect((await stolen.get<{ me: unknown }>('{ me { id } }')).me).toBeNull();
    expect((await stolen.ask('{ agents { id } }')).code).toBe('unauthenticated');
  });

  it('takes no cookie that it has not signed', async () => {
    const ada = api.visitor();
    await ada.signIn(adminSignIn);
    const value = ada.cookies.get('portcullis') ?? '';
    ada.cookies.set('portcullis', `${value.slice(0, 10)}${value[10] === 'A' ? 'B' : 'A'}${value.slice(11)}`);
    expect((await ada.get<{ me: unknown }>('{ me { id } }')).me).toBeNull();
  });

  it('stops guessing at one account, and says when to come back', async () => {
    await api.pool.query('delete from rate_limit');
    const guess = () => api.visitor().signIn({ email: 'Victim@example.org', password: 'guess after guess' });
    const codes: (string | undefined)[] = [];
    for (let tries = 0; tries < 11; tries++) codes.push((await guess()).code);
    const last = await guess();
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'sign_in_refused'));
    expect([codes[10], last.code]).toEqual(['rate_limited', 'rate_limited']);
    expect(last.errors[0]?.extensions.details['retryAfterSeconds']).toBeGreaterThan(0);
    expect((await api.visitor().signIn(adminSignIn)).code).toBeUndefined();
  });

  it('writes no secret to the log', async () => {
    const ada = api.visitor();
    await ada.signIn(adminSignIn);
    await ada.get('mutation { createAgent(input: { id: "canary", name: "Canary" }) { revision } }');
    const issued = await ada.get<{ issueCredential: { secret: string } }>(
      'mutation { issueCredential(input: { agent: "canary" }) { secret revision } }',
    );
    const ticket = await ada.get<{ openSocketTicket: { ticket: string } }>(
      'mutation { openSocketTicket { ticket revision } }',
    );
    const stop = await ada.get<{ issueStopTicket: { ticket: string } }>(
      'mutation { issueStopTicket { ticket revision } }',
    );
    const canaries = [
      adminSignIn.password,
      ada.cookies.get('portcullis') ?? '',
      ada.csrfToken,
      issued.issueCredential.secret,
      ticket.openSocketTicket.ticket,
      stop.issueStopTicket.ticket,
    ];
    const log = api.log();
    expect(log).toContain('/graphql');
    expect(canaries.filter((canary) => canary === '' || log.includes(canary))).toEqual([]);
  });
});
