import WebSocket from 'ws';
import { afterAll, beforeAll, expect } from 'vitest';
import { Admin } from '../stack/admin.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { promise } from '../promise.js';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

const claimMutation = 'mutation($input: ClaimInstallInput!) { claimInstall(input: $input) { csrfToken revision } }';
const signInMutation =
  'mutation($input: SignInInput!) { signIn(input: $input) { csrfToken revision person { email } } }';
const password = 'correct horse battery';
const rivals = ['ana@example.com', 'eve@example.com'];
/** Who of the two came first. */
let owner = '';

promise('R-CLAIM-1', 'the claim link makes the first admin once, and only with its token', async () => {
  const { urls } = installation.run;
  const token = new URL(urls.claim).hash.slice(1);
  const input = { email: 'ana@example.com', password, name: 'Ana' };
  const claimed = async (): Promise<boolean> =>
    (await new Admin(urls.console).get<{ install: { claimed: boolean } }>('{ install { claimed } }')).install.claimed;

  const before = await claimed();
  const wrong = await new Admin(urls.console).ask(claimMutation, { input: { ...input, token: 'x'.repeat(43) } });
  const stillOpen = await claimed();
  const [one, two] = await Promise.all(
    rivals.map((email) => new Admin(urls.console).ask(claimMutation, { input: { ...input, email, token } })),
  );
  const again = await new Admin(urls.console).ask(claimMutation, { input: { ...input, token } });

  expect([before, stillOpen, await claimed()]).toEqual([false, false, true]);
  expect(wrong.errors[0]?.extensions.code).toBe('claim_refused');
  const won = rivals.filter((_email, place) => [one, two][place]?.errors.length === 0);
  expect(won).toHaveLength(1);
  owner = won[0] ?? '';
  expect(again.errors[0]?.extensions.code).toBe('claim_refused');
});

promise('R-SIGNIN-1', 'sign-in tells a stranger nothing, and everything else is closed without it', async () => {
  const { urls } = installation.run;
  const stranger = new Admin(urls.console);
  const wrong = await stranger.ask(signInMutation, {
    input: { email: 'ana@example.com', password: 'wrong wrong wrong' },
  });
  const unknown = await stranger.ask(signInMutation, {
    input: { email: 'nobody@example.com', password: 'wrong wrong wrong' },
  });
  const closed = await stranger.ask('{ agents { id } }');
  const plain = (answer: typeof wrong): unknown => ({
    status: answer.status,
    errors: answer.errors.map(({ message, extensions }) => [message, extensions.code]),
  });

  expect(plain(wrong)).toEqual(plain(unknown));
  expect(wrong.errors[0]?.extensions.code).toBe('sign_in_refused');
  expect(closed.errors[0]?.extensions.code).toBe('unauthenticated');
  expect(closed.data).toBeNull();
});

promise(
  'R-SIGNIN-1',
  'a mutation without the CSRF token, and a socket from a foreign origin, change and read nothing',
  async () => {
    const { urls } = installation.run;
    const admin = new Admin(urls.console);
    const { signIn } = await admin.get<{ signIn: { csrfToken: string } }>(signInMutation, {
      input: { email: owner, password },
    });
    const make = 'mutation { createAgent(input: { id: "made-by-csrf", name: "x" }) { revision } }';
    const without = await admin.ask(make);
    admin.csrf = 'A'.repeat(43);
    const forged = await admin.ask(make);
    admin.csrf = signIn.csrfToken;
    const foreign = new WebSocket(`${urls.console.replace(/^http/, 'ws')}/graphql`, ['graphql-transport-ws'], {
      origin: 'http://evil.example',
    });
    const upgrade = await new Promise<number | undefined>((resolve) => {
      foreign
        .once('unexpected-response', (_request, response) => resolve(response.statusCode))
        .once('open', () => resolve(101));
      foreign.on('error', () => undefined);
    });
    foreign.terminate();

    expect([without, forged].map((answer) => answer.errors[0]?.extensions.code)).toEqual([
      'csrf_refused',
      'csrf_refused',
    ]);
    expect(upgrade).toBe(403);
    expect((await admin.get<{ agent: unknown }>('{ agent(id: "made-by-csrf") { id } }')).agent).toBeNull();
  },
);
