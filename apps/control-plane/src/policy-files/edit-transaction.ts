import type { CommandTransaction } from '../change-log/command.js';
import type { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import type { PlannedPolicy } from './policy-plan.model.js';

/** What an edit is written with; `by` is the person's address. */
export interface EditTransaction extends CommandTransaction {
  readonly by: string;
  readonly catalogue: PolicyCatalogueSource;
  /** For planning, where a policy without its review is said and not refused. */
  readonly planned?: (policy: PlannedPolicy) => void;
}
