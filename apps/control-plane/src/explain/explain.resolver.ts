import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { EffectiveAccess, WhoCan } from './access.model.js';
import { AccessQueries } from './access.queries.js';
import { ExplainCallInput, explainCallSchema } from './explain-call.input.js';
import { ExplainQueries } from './explain.queries.js';
import { CallExplanation } from './explanation.model.js';
import { WhoCanInput, whoCanSchema } from './who-can.input.js';

@Resolver()
export class ExplainResolver {
  constructor(
    private readonly calls: ExplainQueries,
    private readonly access: AccessQueries,
  ) {}

  @Query(() => CallExplanation, { description: 'What a guard at the head decides about a call, check by check.' })
  @Allow('read')
  explainCall(@Args('input') input: ExplainCallInput): Promise<CallExplanation> {
    return this.calls.explainCall(parseInput(explainCallSchema, input));
  }

  @Query(() => EffectiveAccess, { description: 'What an agent may call, everywhere, and why not.' })
  @Allow('read')
  effectiveAccess(@Args('agent', { type: () => ID }) agent: string): Promise<EffectiveAccess> {
    return this.access.effectiveAccess(agent);
  }

  @Query(() => WhoCan, { description: 'Which agents can call a tool, told from the constraints and not by trying.' })
  @Allow('read')
  whoCan(@Args('input') input: WhoCanInput): Promise<WhoCan> {
    return this.access.whoCan(parseInput(whoCanSchema, input));
  }
}
