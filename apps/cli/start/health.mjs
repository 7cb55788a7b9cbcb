import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 5_000;

/**
 * Waits until the api says that a call could be decided, and returns the revision it names; nothing when it does not say.
 * @param {string} base
 * @returns {Promise<number | undefined>}
 */
export async function revisionWhenReady(base) {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { status, revision } = await look(base);
    if (status !== 503 || performance.now() > deadline) return revision;
    await delay(50);
  }
}

/**
 * @param {string} base
 * @returns {Promise<{status: number, revision?: number}>}
 */
async function look(base) {
  try {
    const answer = await fetch(`${base}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    const body = await answer.json();
    return Number.isInteger(body.revision)
      ? { status: answer.status, revision: body.revision }
      : { status: answer.status };
  } catch {
    // Not to be reached from here by this address (a public one, a certificate of its own): the ready messages stand.
    return { status: 0 };
  }
}
