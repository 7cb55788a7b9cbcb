import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost, type GqlContextType } from '@nestjs/graphql';
import type { Response } from 'express';
import type { GraphQLError } from 'graphql';
import { LOG } from '../app/provided.js';
import { requestId } from '../app/request-scope.js';
import { sendProblem } from '../app/problem.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { outwardError } from './outward-error.js';

/** The one place where refusals get their outward form and faults lose their cause. */
@Catch()
export class OutwardErrorsFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): GraphQLError | undefined {
    if (host.getType<GqlContextType>() === 'graphql')
      return outwardError(error, GqlArgumentsHost.create(host).getContext<RequestContext>().requestId, this.log);
    this.answerHttp(error, host.switchToHttp().getResponse<Response>());
    return undefined;
  }

  private answerHttp(error: unknown, response: Response): void {
    if (error instanceof Refusal) return sendProblem(response, error.code, error.message);
    if (error instanceof HttpException && error.getStatus() === 404)
      return sendProblem(response, 'not_found', 'there is nothing at this address');
    this.log.error({ err: error, requestId: requestId() }, 'a route failed');
    sendProblem(response, 'internal', 'something broke on our side; quote the request id');
  }
}
