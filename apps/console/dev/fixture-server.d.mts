export interface FixtureOptions {
  readonly dist?: string;
  readonly signedIn?: boolean;
  readonly claimed?: boolean;
  readonly empty?: boolean;
  readonly agents?: number;
  readonly guards?: number;
  readonly conversations?: number;
  readonly issuers?: number;
  readonly tools?: number;
  readonly grants?: number;
  readonly directories?: number;
  readonly entries?: number;
  readonly apiTokens?: number;
  readonly widenings?: number;
  readonly quotaWindows?: number;
  readonly laneAnswers?: boolean;
  readonly neverApplies?: boolean;
  readonly permissions?: readonly string[];
  readonly observed?: boolean;
  readonly reviewed?: readonly string[];
}

export interface Fixture {
  readonly url: string;
  readonly state: {
    readonly failing: Set<string>;
    /** Operations that answer as to somebody who may not even read. */
    readonly forbidden: Set<string>;
    readonly world: {
      readonly revision: number;
      readonly agents: readonly {
        readonly id: string;
        readonly status: string;
        readonly host: string | null;
        readonly tags: readonly string[];
        readonly owner: { readonly id: string } | null;
        readonly credentials: readonly {
          readonly id: string;
          readonly prefix: string;
          readonly status: string;
          readonly publicJwk: unknown;
          readonly jwksUri: string | null;
        }[];
      }[];
      readonly issuers: readonly {
        readonly id: string;
        readonly name: string;
        readonly audience: string;
        readonly jwksUri: string | null;
        readonly enabled: boolean;
      }[];
      readonly tokenSettings: {
        readonly tokenLifeSeconds: number;
        readonly requireDpop: boolean;
        readonly signingKeys: readonly { readonly kid: string; readonly state: string }[];
      };
      readonly grants: readonly {
        readonly id: string;
        readonly constraints: readonly unknown[];
        readonly obligations: readonly unknown[];
        readonly revokedAt: number | null;
      }[];
      readonly policyReviews: readonly string[];
      readonly policies: readonly {
        readonly newestVersion: number;
        readonly liveVersion: number | null;
        readonly versions: readonly { readonly author: string; readonly reviewedBy: string | null }[];
      }[];
      readonly directories: readonly {
        readonly id: string;
        readonly holds: string;
        readonly retiredAt: number | null;
        readonly entries: readonly { readonly value: string }[];
      }[];
      readonly apiTokens: readonly { readonly id: string; readonly name: string; readonly revokedAt: number | null }[];
      readonly widenings: readonly {
        readonly conversation: string;
        readonly id: string;
        readonly toolId: string;
        readonly reason: string;
        readonly notAfter: number;
        readonly createdAt: number;
        readonly revokedAt: number | null;
      }[];
      readonly environments: readonly { readonly id: string; readonly mode: string }[];
      readonly servers: readonly {
        readonly tools: readonly {
          readonly name: string;
          readonly classes: readonly string[];
          readonly definitions: readonly { readonly acceptedAt: number | null }[];
        }[];
      }[];
      readonly engagements: readonly { readonly scope: string; readonly target: string }[];
    };
  };
  /** Cuts every live socket. */
  cut(): void;
  close(): Promise<void>;
}

export function startFixture(options?: FixtureOptions): Promise<Fixture>;
