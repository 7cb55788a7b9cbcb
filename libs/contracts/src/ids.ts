import { z } from 'zod';

/**
 * A position in the change log: a whole number, raised by exactly one for each committed command. It is the only number
 * called a revision; tokens carry it as `rev`, decisions cite it, guards report it.
 */
export type Revision = number & { readonly __brand: 'Revision' };

/** Parses a revision: a safe, non-negative integer. */
export const revisionSchema = z
  .int()
  .min(0)
  .transform((value) => value as Revision);

/** Marks a number read from the change log as a revision. Throws `RangeError` when it is not a safe, non-negative integer. */
export function asRevision(value: number): Revision {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a revision: ${value}`);
  return value as Revision;
}

/**
 * The identifier a person chooses once for an agent, server, environment or role, such as `cs-prod`. 1 to 63 characters:
 * lower-case letters, digits and hyphens, beginning with a letter or digit. Stable for ever; an agent's is its OAuth `client_id`.
 */
export const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'use 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit',
  );

/** An MCP tool's name as its server announces it: 1 to 128 characters out of letters, digits, `_`, `-`, `.` and `/`. */
export const toolNameSchema = z.string().regex(/^[A-Za-z0-9_./-]{1,128}$/);

/** The id of a tool in the whole installation: its server's id, `/`, its name. */
export function toolId(server: string, tool: string): string {
  return `${server}/${tool}`;
}
