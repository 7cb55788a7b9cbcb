import { rotateSecretSchema } from '@portcullis/contracts';
import { Router } from 'express';
import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { parseInput } from '../graphql/parse-input.js';
import type { ClientAuthentication } from '../tokens/client-authentication.js';
import { clientEndpoint } from '../tokens/client-endpoint.js';
import { rotatedSecret, rotateOwnSecret } from './rotate-own-secret.js';

export interface RotateParts {
  readonly pool: Pool;
  readonly limits: CommandLimits;
  readonly clients: ClientAuthentication;
}

/** `POST /oauth/rotate`: an agent replaces its own secret, authenticated by the old one. */
export function rotateRoute({ pool, limits, clients }: RotateParts): Router {
  const router = Router();
  router.post(
    '/oauth/rotate',
    clientEndpoint(clients, async ({ client, fields }) => {
      const { overlapSeconds } = parseInput(rotateSecretSchema, numbersOf(fields));
      return rotatedSecret(
        await runCommand(pool, (work) => rotateOwnSecret(work, { ...client, overlapSeconds }), { limits }),
      );
    }),
  );
  return router;
}

/** In a form every value is text. */
function numbersOf(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { overlapSeconds } = fields;
  const isWritten = typeof overlapSeconds === 'string' && /^\d+$/.test(overlapSeconds);
  return isWritten ? { ...fields, overlapSeconds: Number(overlapSeconds) } : { ...fields };
}
