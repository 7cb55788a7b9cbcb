import type { ReasonCode } from '@portcullis/contracts';
import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What would be decided, were the environment not observed.' })
export class ObservedDecision {
  @Field(() => String, { description: '`deny` or `hold`.' })
  outcome!: 'deny' | 'hold';

  @Field(() => String)
  reason!: ReasonCode;

  @Field(() => String, { nullable: true })
  rule!: string | null;

  @Field(() => String)
  detail!: string;
}
