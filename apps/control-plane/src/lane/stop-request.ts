import type { IncomingMessage } from 'node:http';
import { stopRequestSchema, type StopRequest } from '@portcullis/contracts';
import { z } from 'zod';
import { Refusal } from '../platform/refusal.js';

const largestBody = 16 * 1024;

export interface ReadStop {
  readonly ticket: string;
  /** Checked only after the ticket: who has none learns nothing about the form of a request. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export function isForm(request: IncomingMessage): boolean {
  return mediaType(request) === 'application/x-www-form-urlencoded';
}

function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Refusal('body_too_large', `send at most ${largestBody} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A form carries its ticket in a field, JSON in the Authorization header. */
export async function readStop(request: IncomingMessage): Promise<ReadStop> {
  const body = await readBody(request);
  const bearer = /^Bearer +([A-Za-z0-9_-]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (isForm(request)) {
    const { ticket = '', engagement, ...fields } = Object.fromEntries(new URLSearchParams(body));
    return { ticket: bearer || ticket.trim(), fields: engagement ? { ...fields, engagement } : fields };
  }
  if (mediaType(request) !== 'application/json') throw new Refusal('input_invalid', 'send JSON or a form');
  return { ticket: bearer, fields: parseObject(body) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw Object.assign(new Refusal('input_invalid', 'the body is not a JSON object'), { cause });
  }
}

export function checkedStop(fields: ReadStop['fields']): StopRequest {
  const parsed = stopRequestSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new Refusal('input_invalid', problems.join('; '), { problems });
}
