import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { DiffLine } from '../text-diff/diff-line.model.js';
import type { Later } from '../graphql/later.js';

@ObjectType({ description: 'What a server said of a tool.' })
export class ToolDefinition {
  @Field(() => String)
  hash!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'name, title, description, inputSchema, outputSchema and annotations as they are hashed; null when it is too long to be told.',
  })
  said!: unknown;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while it is not accepted.' })
  acceptedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'A person, or `first announcement`.' })
  acceptedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  withdrawnAt!: Date | null;

  @Field(() => String, { nullable: true })
  withdrawnBy!: string | null;

  @Field(() => InstantScalar)
  firstObservedAt!: Date;

  @Field(() => InstantScalar)
  lastObservedAt!: Date;

  @Field(() => [ID], { description: 'The guards whose server announces it now.' })
  announcedBy!: readonly string[];
}

@ObjectType({ description: 'One field of two definitions of a tool, as lines.' })
export class DefinitionFieldDiff {
  @Field(() => String, {
    description: '`name`, `title`, `description`, `inputSchema`, `outputSchema` or `annotations`.',
  })
  field!: string;

  @Field(() => Boolean)
  isSame!: boolean;

  @Field(() => [DiffLine])
  lines!: readonly DiffLine[];
}

@ObjectType({ description: 'A class a tool may well belong to. A proposal: nothing applies it but a person.' })
export class ClassSuggestion {
  @Field(() => String)
  name!: string;

  @Field(() => [String])
  reasons!: readonly string[];
}

@ObjectType({ description: 'A role by which a tool may be called.' })
export class ToolRole {
  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => Int)
  grants!: number;

  @Field(() => Int, { description: 'Active agents that hold the role there now.' })
  agents!: number;
}

@ObjectType()
export class Tool {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  server!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The server’s own words, newest first seen; not yet accepted, perhaps.',
  })
  description!: string | null;

  @Field(() => [String])
  classes!: string[];

  @Field(() => JsonScalar, { nullable: true })
  inputSchema!: unknown;

  @Field(() => InstantScalar, { nullable: true, description: 'When its first definition was accepted.' })
  pinnedAt!: Date | null;

  @Field(() => String, {
    description:
      '`not-pinned`: nothing is accepted yet. `accepted`: all that is announced is accepted. `quarantined`: some guard’s server announces what is not accepted; its calls are refused there. `not-announced`: no server says anything of it now.',
  })
  pin!: Later<'not-pinned' | 'accepted' | 'quarantined' | 'not-announced'>;

  @Field(() => [ToolDefinition], { description: 'All that was ever said of it; the newest first.' })
  definitions!: Later<ToolDefinition[]>;

  @Field(() => [ClassSuggestion])
  suggestedClasses!: Later<ClassSuggestion[]>;

  @Field(() => [ID], { description: 'Tools of other servers of the same environment that can be taken for this one.' })
  shadows!: Later<string[]>;

  @Field(() => [ToolRole])
  roles!: Later<ToolRole[]>;
}

@ObjectType()
export class ObservedTool {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => JsonScalar, { nullable: true })
  inputSchema!: unknown;

  @Field(() => String, { description: 'The hash of its definition, to register just this one.' })
  definition!: string;

  @Field(() => [ClassSuggestion])
  suggestedClasses!: Later<ClassSuggestion[]>;

  @Field(() => [ID], { description: 'Tools of other servers of the same environment that can be taken for this one.' })
  shadows!: Later<string[]>;
}
