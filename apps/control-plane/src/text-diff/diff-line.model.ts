import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'One line of two texts that are compared.' })
export class DiffLine {
  @Field(() => String, { description: '`same`, `added` or `removed`.' })
  kind!: string;

  @Field(() => Int, { nullable: true })
  before!: number | null;

  @Field(() => Int, { nullable: true })
  after!: number | null;

  @Field(() => String)
  text!: string;
}
