import { createHash } from 'node:crypto';
import { domains, protocolVersion, reportSchema, signedTextSchema, type Report } from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type { GuardDirectory, KnownGuard } from '../link/guard-directory.js';
import { Refusal } from '../platform/refusal.js';
import { z } from 'zod';

/** A report whose signature is its sender's. */
export interface VerifiedReport {
  readonly guard: KnownGuard;
  readonly report: Report;
  readonly payloadHash: string;
}

const envelopeSchema = z.object({ v: z.int(), guard: z.string() });

/**
 * Opens a signed report. An unknown guard and a wrong signature are refused alike: only who holds a guard's key learns
 * anything about it.
 */
export async function readReport(body: unknown, directory: GuardDirectory): Promise<VerifiedReport> {
  const text = signedTextSchema.safeParse(body).data;
  const outer = text && parsed(text.payload, envelopeSchema);
  if (!text || !outer) throw new Refusal('input_invalid', 'send a signed report: {"payload", "signature"}');
  const guard = await directory.find(outer.guard);
  if (!guard || !isSignedBy(domains.report, text, guard.key))
    throw new Refusal('signature_refused', 'no guard that is known here signed this');
  if (outer.v !== protocolVersion)
    throw new Refusal(
      'guard_outdated',
      `this control plane speaks protocol ${protocolVersion}; use a guard that does`,
      { protocol: protocolVersion },
    );
  const report = parsed(text.payload, reportSchema);
  if (!report) throw new Refusal('input_invalid', 'the payload is not a report');
  return { guard, report, payloadHash: createHash('sha256').update(text.payload).digest('base64url') };
}

function parsed<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
