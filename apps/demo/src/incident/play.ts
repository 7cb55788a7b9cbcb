import { setTimeout as after } from 'node:timers/promises';
import type { Agent } from './agent.js';
import { textOf, verdictOf, type Attempt, type Verdict } from './attempt.js';
import { ordersIn, ticketsIn, type RefundOrder } from './instructions.js';
import { statusOf } from './unreachable.js';

/** Who watches the incident. */
export interface Audience {
  readonly told: (words: string) => void;
  readonly tried: (attempt: Attempt) => void;
}

export interface Pace {
  /** From the start of one attempt to the start of the next. */
  readonly paceMs: number;
  /** Ends the play early. */
  readonly signal: AbortSignal;
}

/** The essay's incident: read the tickets, find an order in one of them, and carry it out to the end. */
export async function playIncident(agent: Agent, audience: Audience, { paceMs, signal }: Pace): Promise<void> {
  audience.told(`cs-prod may use: ${(await agent.tools()).join(', ') || 'no tool at all'}`);
  const orders = await findOrders(agent, audience);
  let dueMs = performance.now();
  for (const [at, order] of orders.entries()) {
    await after(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    dueMs = performance.now() + paceMs;
    const startedMs = performance.now();
    const verdict = await refund(agent, order);
    const ms = Math.round(performance.now() - startedMs);
    audience.tried({ n: at + 1, tool: 'refund', amount: order.amount, ...pick(verdict), ms });
  }
}

async function findOrders(agent: Agent, audience: Audience): Promise<RefundOrder[]> {
  const list = await agent.call('list_tickets');
  audience.told('cs-prod reads the open tickets.');
  for (const ticket of ticketsIn(textOf(list))) {
    const orders = ordersIn(textOf(await agent.call('read_ticket', { ticket })));
    if (orders.length === 0) continue;
    audience.told(`${ticket} tells it to make ${orders.length} refunds. It is gullible, so it begins.`);
    return orders;
  }
  audience.told(`No ticket gives an order it can see. ${textOf(list)}`);
  return [];
}

async function refund(agent: Agent, { ticket, customer, amount }: RefundOrder): Promise<Verdict> {
  try {
    return verdictOf(await agent.call('refund', { ticket, customer, amount }));
  } catch (error) {
    const status = statusOf(error);
    if (status === 503) return { outcome: 'error', reason: 'unavailable', revision: null };
    if (status === 401 || status === 403) return { outcome: 'deny', reason: 'token_invalid', revision: null };
    throw error;
  }
}

function pick({ outcome, reason, revision }: Verdict): Verdict {
  return { outcome, reason, revision };
}
