import type { ReasonCode, Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'A grant that calls were seen to need. It holds no parameter’s value; a person decides.' })
export class GrantProposal {
  @Field(() => ID)
  role!: string;

  @Field(() => ID, { description: '`server/name`.' })
  toolId!: string;

  @Field(() => [String])
  classes!: readonly string[];

  @Field(() => TaskEnum, { description: 'The task of the tokens it was called with.' })
  task!: Task;

  @Field(() => Int)
  calls!: number;

  @Field(() => [ID], { description: 'Who called it; the first 20 by name.' })
  agents!: readonly string[];

  @Field(() => Int)
  agentCount!: number;

  @Field(() => InstantScalar)
  firstAt!: Date;

  @Field(() => InstantScalar)
  lastAt!: Date;
}

@ObjectType({ description: 'How often something would have been decided.' })
export class WouldDeny {
  @Field(() => String, { description: '`deny` or `hold`.' })
  outcome!: 'deny' | 'hold';

  @Field(() => String)
  reason!: ReasonCode;

  @Field(() => Int)
  calls!: number;
}

@ObjectType({ description: 'What was seen in the observation of an environment that lasts, or else the last one.' })
export class GrantProposals {
  @Field(() => InstantScalar, { nullable: true, description: 'Null when it was never observed.' })
  since!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  until!: Date | null;

  @Field(() => [WouldDeny], { description: 'Everything that was only recorded, the most frequent first.' })
  wouldDeny!: readonly WouldDeny[];

  @Field(() => [GrantProposal], {
    description:
      'What no grant gave and none gives now, the most frequent first; at most 200. No destructive tool: it was refused.',
  })
  proposals!: readonly GrantProposal[];
}
