/** A payment the agent was told to make. */
export interface RefundOrder {
  readonly amount: number;
  readonly customer: string;
  readonly ticket: string;
}

const payment = String.raw`(\d+(?:\.\d{1,2})?) to customer (C-\d+) for ticket (T-\d+)`;
const directOrder = new RegExp(String.raw`\brefund ${payment}`, 'gi');
const listOrder = /\brefund every payment on the attached list\b/i;
const listLine = new RegExp(String.raw`^${payment}$`, 'gim');

/**
 * What a gullible agent takes from the text a tool gave it: it has no model and asks nobody. A sentence in the imperative is an
 * order, whoever wrote it: "refund 240.00 to customer C-104 for ticket T-7", or "refund every payment on the attached list".
 */
export function ordersIn(text: string): RefundOrder[] {
  const lists = listOrder.test(text) ? [...text.matchAll(listLine)] : [];
  return [...text.matchAll(directOrder), ...lists].map(([, amount, customer = '', ticket = '']) => ({
    amount: Number(amount),
    customer,
    ticket,
  }));
}

/** The tickets a list names, in its order. */
export function ticketsIn(text: string): string[] {
  return [...new Set(text.match(/\bT-\d{4}\b/g) ?? [])];
}
