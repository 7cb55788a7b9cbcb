import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Environment } from '../environments/environment.model.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { Grant } from '../grants/grant.model.js';
import { Role } from '../roles/role.model.js';

@ObjectType({ description: 'A tool as far as files say it.' })
export class PolicyTool {
  @Field(() => ID, { description: '`server/name`.' })
  id!: string;

  @Field(() => ID)
  server!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  classes!: readonly string[];
}

@ObjectType({ description: 'A policy that is in force, as far as files say it.' })
export class SnapshotPolicy {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Where it holds; null: in every environment.' })
  environment!: string | null;

  @Field(() => String)
  text!: string;

  @Field(() => [JsonScalar])
  tests!: readonly unknown[];

  @Field(() => Int)
  version!: number;

  @Field(() => Int, { description: 'Above `version`: a draft that is not in force.' })
  newestVersion!: number;
}

@ObjectType({ description: 'Everything that is kept as files, as of one revision, in a stable order.' })
export class PolicySnapshot {
  @Field(() => Int)
  revision!: number;

  @Field(() => [Environment])
  environments!: readonly Environment[];

  @Field(() => [Role])
  roles!: readonly Role[];

  @Field(() => [ID], { description: 'The servers there are; files do not create them.' })
  servers!: readonly string[];

  @Field(() => [PolicyTool])
  tools!: readonly PolicyTool[];

  @Field(() => [Grant], { description: 'Those that are not revoked.' })
  grants!: readonly Grant[];

  @Field(() => [SnapshotPolicy], { description: 'Those that are in force.' })
  policies!: readonly SnapshotPolicy[];
}
