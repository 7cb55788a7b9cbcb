import type { CreateGrantInput, GrantableQuery, GrantToCopyQuery, Task } from '../gql/graphql.js';
import { momentOf } from '../parts/moment.js';
import { constraintForms, valueForms } from './constraint-forms.js';
import { obligationForms } from './obligation-forms.js';
import { draftOf, partOf, type PartDraft, type TypeOf } from './part-draft.js';
import { parametersOf, type Parameter } from './tool-parameters.js';

/** A grant as it is being written. */
export interface GrantDraft {
  readonly role: string | null;
  readonly isClass: boolean;
  readonly tool: string | null;
  readonly toolClass: string;
  /** Asked for a class; a tool's server belongs to one for ever. */
  readonly environment: string | null;
  readonly task: Task;
  readonly constraints: readonly PartDraft[];
  readonly obligations: readonly PartDraft[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly staleSeconds: string;
}

export const emptyGrant: GrantDraft = {
  ...{ role: null, isClass: false, tool: null, toolClass: '', environment: null, task: 'lookup' },
  ...{ constraints: [], obligations: [], notBefore: '', notAfter: '', staleSeconds: '' },
};

type Copied = NonNullable<GrantToCopyQuery['grant']>;

/** The same grant for another environment: of a tool the one of the same name there, if it is chosen for us to know. */
export function copyOf(grant: Copied): GrantDraft {
  return {
    ...emptyGrant,
    ...{ role: grant.role, task: grant.task, isClass: grant.toolId === null, toolClass: grant.toolClass ?? '' },
    constraints: grant.constraints.flatMap((one) => draftOf(one, constraintForms, valueForms) ?? []),
    obligations: grant.obligations.flatMap((one) => draftOf(one, obligationForms, valueForms) ?? []),
    staleSeconds: grant.staleSeconds === 0 ? '' : String(grant.staleSeconds),
  };
}

/** Whether every part of the grant could be taken over by `copyOf`. */
export function isWholeCopy(grant: Copied, draft: GrantDraft): boolean {
  return draft.constraints.length === grant.constraints.length && draft.obligations.length === grant.obligations.length;
}

export function environmentOf({ isClass, environment, tool }: GrantDraft, known: GrantableQuery | undefined) {
  if (isClass) return environment;
  return known?.servers.find(({ tools }) => tools.some(({ id }) => id === tool))?.environment ?? null;
}

/** The tools the grant would name now. */
export function toolsOf(draft: GrantDraft, known: GrantableQuery | undefined) {
  const { isClass, tool, toolClass, environment } = draft;
  return (known?.servers ?? [])
    .filter((server) => !isClass || server.environment === environment)
    .flatMap(({ tools }) => tools.filter(({ id, classes }) => (isClass ? classes.includes(toolClass) : id === tool)));
}

export function parametersFor(draft: GrantDraft, known: GrantableQuery | undefined): readonly Parameter[] {
  return parametersOf(toolsOf(draft, known).map(({ inputSchema }) => inputSchema));
}

/** What is written in parts, for a grant and for a widening. */
export type DraftedParts = Pick<GrantDraft, 'constraints' | 'obligations'>;

export const constraintsOf = (draft: DraftedParts, typeOf: TypeOf) =>
  draft.constraints.map((one) => partOf(one, constraintForms, valueForms, typeOf));
export const obligationsOf = (draft: DraftedParts, typeOf: TypeOf) =>
  draft.obligations.map((one) => partOf(one, obligationForms, valueForms, typeOf));

/** What is sent; null while role or place are not chosen. */
export function inputOf(draft: GrantDraft, known: GrantableQuery | undefined, typeOf: TypeOf): CreateGrantInput | null {
  const environment = environmentOf(draft, known);
  if (draft.role === null || environment === null || (!draft.isClass && draft.tool === null)) return null;
  return {
    ...{ role: draft.role, environment, task: draft.task },
    toolId: draft.isClass ? null : draft.tool,
    toolClass: draft.isClass ? draft.toolClass.trim() : null,
    constraints: constraintsOf(draft, typeOf),
    obligations: obligationsOf(draft, typeOf),
    notBefore: momentOf(draft.notBefore),
    notAfter: momentOf(draft.notAfter),
    staleSeconds: Number(draft.staleSeconds) || 0,
  };
}
