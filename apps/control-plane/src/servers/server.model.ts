import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Later } from '../graphql/later.js';
import { GuardState } from './guard-state.model.js';
import { ObservedTool, Tool } from '../tools/tool.model.js';

@ObjectType()
export class Server {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String)
  resource!: string;

  @Field(() => Boolean)
  demo!: boolean;

  @Field(() => [Tool])
  tools!: Later<Tool[]>;

  @Field(() => [ObservedTool], { description: 'Tools the server announces that nobody has registered yet.' })
  unregisteredTools!: Later<ObservedTool[]>;

  @Field(() => [GuardState])
  guards!: Later<GuardState[]>;
}
