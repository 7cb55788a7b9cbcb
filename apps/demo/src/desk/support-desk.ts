import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { RefundBook } from './refund-book.js';
import { customers, type Ticket } from './tickets.js';

export interface Desk {
  readonly tickets: readonly Ticket[];
  readonly refunds: RefundBook;
}

const ticketId = z.string().regex(/^T-\d{4}$/);
const customerId = z.string().regex(/^C-\d{3}$/);

/** The MCP server of the support desk. One per session; the desk behind it is shared. */
export function buildSupportDesk(desk: Desk): McpServer {
  const server = new McpServer({ name: 'support-desk', version: '1.0.0' });
  addReading(server, desk);
  addUpdate(server, desk);
  addRefund(server, desk);
  return server;
}

function addReading(server: McpServer, { tickets }: Desk): void {
  server.registerTool('list_tickets', { description: 'Lists the tickets that are not closed.', inputSchema: {} }, () =>
    text(
      tickets
        .filter(({ status }) => status !== 'closed')
        .map(({ id, subject }) => `${id}: ${subject}`)
        .join('\n'),
    ),
  );
  server.registerTool(
    'read_ticket',
    { description: 'Reads one ticket with its attachment.', inputSchema: { ticket: ticketId } },
    ({ ticket }) => onTicket(tickets, ticket, (found) => text(wordsOf(found))),
  );
  server.registerTool(
    'lookup_customer',
    { description: 'Looks up a customer.', inputSchema: { customer: customerId } },
    ({ customer }) => {
      const found = customers.find(({ id }) => id === customer);
      return found
        ? text(`${found.id}: ${found.name}, ${found.plan} plan`)
        : trouble(`There is no customer ${customer}.`);
    },
  );
}

function addUpdate(server: McpServer, { tickets }: Desk): void {
  const inputSchema = {
    ticket: ticketId,
    status: z.enum(['open', 'waiting', 'closed']).optional(),
    note: z.string().max(2000).optional(),
  };
  server.registerTool(
    'update_ticket',
    { description: 'Sets the status of a ticket, or adds a note.', inputSchema },
    ({ ticket, status, note }) =>
      onTicket(tickets, ticket, (found) => {
        found.status = status ?? found.status;
        if (note !== undefined) found.notes.push(note);
        return text(`${ticket} is ${found.status} and has ${found.notes.length} notes.`);
      }),
  );
}

function addRefund(server: McpServer, { tickets, refunds }: Desk): void {
  const inputSchema = { ticket: ticketId, customer: customerId, amount: z.number().positive() };
  server.registerTool(
    'refund',
    { description: 'Pays money back to a customer.', inputSchema, annotations: { destructiveHint: true } },
    ({ ticket, customer, amount }, { signal }) =>
      onTicket(tickets, ticket, async () => {
        await refunds.pay({ ticket, customer, amount }, signal);
        return text(`Refunded ${amount.toFixed(2)} to customer ${customer} for ticket ${ticket}.`);
      }),
  );
}

function wordsOf({ id, status, customer, subject, body, attachment, notes }: Ticket): string {
  const lines = [`${id} (${status}), customer ${customer}`, `Subject: ${subject}`, '', body];
  if (attachment) lines.push('', `Attachment ${attachment.name}:`, attachment.text);
  return [...lines, ...notes.map((note) => `Note: ${note}`)].join('\n');
}

function onTicket<T>(tickets: readonly Ticket[], id: string, act: (ticket: Ticket) => T): T | CallToolResult {
  const found = tickets.find((ticket) => ticket.id === id);
  return found ? act(found) : trouble(`There is no ticket ${id}.`);
}

function text(words: string): CallToolResult {
  return { content: [{ type: 'text', text: words }] };
}

function trouble(words: string): CallToolResult {
  return { ...text(words), isError: true };
}
