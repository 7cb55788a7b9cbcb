import { z } from 'zod';

const named = z.object({ id: z.string(), name: z.string() });

/** What is in force, as the control plane tells it. */
export const snapshotSchema = z.object({
  revision: z.int(),
  environments: z.array(named),
  roles: z.array(named),
  servers: z.array(z.string()),
  tools: z.array(z.object({ id: z.string(), server: z.string(), name: z.string(), classes: z.array(z.string()) })),
  grants: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      environment: z.string(),
      toolId: z.string().nullable(),
      toolClass: z.string().nullable(),
      task: z.string(),
      constraints: z.array(z.record(z.string(), z.unknown())),
      obligations: z.array(z.record(z.string(), z.unknown())),
      notBefore: z.number().nullable(),
      notAfter: z.number().nullable(),
      staleSeconds: z.number(),
    }),
  ),
  policies: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      environment: z.string().nullable(),
      text: z.string(),
      tests: z.array(z.unknown()),
      version: z.int(),
      newestVersion: z.int(),
    }),
  ),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
export type SnapshotGrant = Snapshot['grants'][number];
export type SnapshotPolicy = Snapshot['policies'][number];

export const snapshotQuery = `{ policySnapshot { revision environments { id name } roles { id name } servers
  tools { id server name classes } grants { id role environment toolId toolClass task constraints obligations notBefore notAfter staleSeconds }
  policies { id name environment text tests version newestVersion } } }`;
