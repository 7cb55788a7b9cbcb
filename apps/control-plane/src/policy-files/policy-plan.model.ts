import type { AccessChange } from '@portcullis/policy';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessDifference } from '../explain/grant-preview.model.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { PolicyTestResult } from '../policies/policy.model.js';
import { DiffLine } from '../text-diff/diff-line.model.js';

@ObjectType()
export class AccessChangeCount {
  @Field(() => String, { description: '`newly-allowed`, `newly-held`, `newly-denied` or `changed`.' })
  change!: AccessChange;

  @Field(() => Int)
  count!: number;
}

@ObjectType()
export class PolicyTestChange {
  @Field(() => String, { description: '`added`, `changed` or `removed`.' })
  change!: 'added' | 'changed' | 'removed';

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'What becomes of one policy.' })
export class PlannedPolicy {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: '`create`: none was in force; `change` or `retire`.' })
  act!: 'create' | 'change' | 'retire';

  @Field(() => Int, { nullable: true, description: 'The version that guards would ask; null: none.' })
  version!: number | null;

  @Field(() => Boolean, { description: 'Whether applying is refused until somebody else than the author reviewed it.' })
  needsReview!: boolean;

  @Field(() => String, { nullable: true })
  author!: string | null;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'What the one in force is called.' })
  nameBefore!: string | null;

  @Field(() => [DiffLine], { description: 'Lines that are added or removed; those that stay are left out.' })
  lines!: readonly DiffLine[];

  @Field(() => [PolicyTestChange])
  testChanges!: readonly PolicyTestChange[];

  @Field(() => [PolicyTestResult], { description: 'All of them pass: a plan with one that fails is refused.' })
  results!: readonly PolicyTestResult[];

  @Field(() => [ID], { description: 'The tools about whose calls it is asked, as things are after the plan.' })
  tools!: readonly string[];
}

@ObjectType({ description: 'What applying would do. Nothing is changed by asking.' })
export class PolicyPlan {
  @Field(() => Int, { description: 'What it was made at: `basedOn` of `applyPolicy`.' })
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it holds for.' })
  at!: Date;

  @Field(() => Int, { description: 'How many objects would change for guards.' })
  changes!: number;

  @Field(() => [AccessChangeCount], { description: 'How many differences of each kind there are in all.' })
  counts!: readonly AccessChangeCount[];

  @Field(() => [AccessDifference], { description: 'Newly allowed first; at most 200.' })
  differences!: readonly AccessDifference[];

  @Field(() => [PlannedPolicy], { description: 'By id.' })
  policies!: readonly PlannedPolicy[];

  @Field(() => [String], { description: 'What the differences cannot say.' })
  cannotKnow!: readonly string[];
}

@ObjectType()
export class ApplyPolicyPayload {
  @Field(() => Int, { description: 'How many objects changed for guards.' })
  changes!: number;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class SavedPolicyDraft {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => Boolean, {
    description: 'Whether somebody else than its author has to review it before it is published.',
  })
  needsReview!: boolean;
}

@ObjectType()
export class SavePolicyDraftsPayload {
  @Field(() => [SavedPolicyDraft], { description: 'By id; those that are in force already are left out.' })
  drafts!: readonly SavedPolicyDraft[];

  @Field(() => Int)
  revision!: number;
}
