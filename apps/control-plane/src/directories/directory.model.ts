import type { IdentityForm } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { IdentityFormEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({
  description:
    'Payees, recipients or addresses that admins curate for one environment. Guards hold their digests alone.',
})
export class Directory {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String)
  name!: string;

  @Field(() => IdentityFormEnum)
  holds!: IdentityForm;

  @Field(() => Int, { description: 'How many entries it has.' })
  size!: number;

  @Field(() => Int, { description: 'How many live grants name it; while there are any it cannot be retired.' })
  grants!: number;

  @Field(() => String)
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  retiredAt!: Date | null;
}

@ObjectType()
export class DirectoryEntry {
  @Field(() => String, { description: 'As it was written.' })
  value!: string;

  @Field(() => ID, { description: 'As it is compared.' })
  canonical!: string;

  @Field(() => String)
  addedBy!: string;

  @Field(() => InstantScalar)
  addedAt!: Date;
}

@ObjectType()
export class DirectoryPayload {
  @Field(() => Directory)
  directory!: Directory;

  @Field(() => Int)
  revision!: number;
}
