/** A value as Cedar's JSON forms write it. */
export type CedarJson = string | number | boolean | readonly CedarJson[] | { readonly [name: string]: CedarJson };

/** An entity's name. */
export interface CedarUid {
  readonly type: string;
  readonly id: string;
}

/** Principal, action or resource of a statement's head, as the JSON form has it. */
export interface CedarHead {
  readonly op: string;
  readonly entity?: CedarUid | undefined;
  readonly entities?: readonly CedarUid[] | undefined;
  readonly entity_type?: string | undefined;
  readonly in?: { readonly entity?: CedarUid | undefined } | undefined;
}

/** One statement in Cedar's JSON form, beside its text. `conditions` are read by `readsOf`. */
export interface CedarStatement {
  readonly text: string;
  readonly effect: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly principal: CedarHead;
  readonly action: CedarHead;
  readonly resource: CedarHead;
  readonly conditions: readonly unknown[];
}

export interface CedarEntity {
  readonly uid: CedarUid;
  readonly attrs: Readonly<Record<string, CedarJson>>;
  readonly parents: readonly CedarUid[];
}

/** One question to a set. */
export interface CedarRequest {
  readonly principal: CedarUid;
  readonly action: CedarUid;
  readonly resource: CedarUid;
  readonly context: Readonly<Record<string, CedarJson>>;
  readonly entities: readonly CedarEntity[];
}

/** Which statements hold, by index; or in words why that cannot be known, which denies (protocol G1). */
export type CedarAnswer = { readonly holds: readonly number[] } | { readonly failed: string };

/** Statements that are ready to be asked. Never throws. */
export type CedarSet = (request: CedarRequest) => CedarAnswer;

/** What the parser or the validator has to say, with offsets in UTF-8 bytes of the whole text. */
export interface CedarComplaint {
  readonly message: string;
  readonly help: string | null;
  readonly start: number | null;
  readonly end: number | null;
}

/** What a text was refused with. */
export class CedarTextError extends Error {
  constructor(readonly complaints: readonly CedarComplaint[]) {
    super(complaints.map(({ message }) => message).join('; '));
  }
}
