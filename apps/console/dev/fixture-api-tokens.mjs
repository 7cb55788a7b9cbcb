// API tokens of the person of the invented world.
import { refusal } from './fixture-refusal.mjs';

const day = 86_400_000;
// Ends are said in whole days, rounded down: half a day more, and no spec depends on how soon it looks.
const life = 60.5 * day;

export function makeApiTokens(now, count) {
  const made = (n, given) => ({
    ...{ id: `at-${n}`, name: `Script ${n}`, prefix: `pct_s${String(n).padStart(5, '0')}`, createdAt: now - n * day },
    ...{ expiresAt: now + life, lastUsedAt: null, revokedAt: null },
    ...given,
  });
  return [
    made(1, { name: 'policy in CI', lastUsedAt: now - 40_000 }),
    made(2, { name: 'nightly \u202eexport', expiresAt: now - day, lastUsedAt: now - 2 * day }),
    made(3, { name: 'old laptop', revokedAt: now - 3 * day }),
    ...Array.from({ length: Math.max(0, count - 3) }, (_, n) => made(n + 4, {})),
  ].slice(0, count);
}

export function makeApiTokenMutations({ world }, { change }) {
  return {
    createApiToken: ({ input: { name, days } }) => {
      if (name.trim() === '') {
        const fields = [{ path: 'name', message: 'say what it is for' }];
        throw refusal('input_invalid', 'name: say what it is for', { fields });
      }
      const [token, now] = [`pct_${'invented'.repeat(5)}`, Date.now()];
      const made = { id: `at-${world.revision}`, name, prefix: token.slice(0, 10), createdAt: now };
      const apiToken = { ...made, expiresAt: now + days * day, lastUsedAt: null, revokedAt: null };
      world.apiTokens.unshift(apiToken);
      return { apiToken, token, revision: change() };
    },
    revokeApiToken: ({ id }) => {
      world.apiTokens.find((one) => one.id === id).revokedAt = Date.now();
      return { revision: change() };
    },
  };
}
