import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../authorisation/allow.js';
import { ReadinessCheck, type Readiness } from './readiness.js';

@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @Public('a supervisor without a session asks whether the process lives')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @Public('a load balancer without a session asks whether to send calls here')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const answer = await this.readiness.ask();
    response.status(answer.status === 'ok' ? 200 : 503);
    return answer;
  }
}
