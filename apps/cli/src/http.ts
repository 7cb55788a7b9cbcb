/** An answer, whatever its status; nothing when nobody answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export class Unreachable extends Error {}

export async function ask(url: string, init: RequestInit & { readonly withinMs: number }): Promise<Answer> {
  const { withinMs, ...request } = init;
  try {
    const answer = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(withinMs) });
    const text = await answer.text();
    return { status: answer.status, body: parse(text) };
  } catch (error) {
    throw new Unreachable(reasonOf(error), { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error
    ? cause.message || ((cause as NodeJS.ErrnoException).code ?? error.message)
    : error.message;
}
