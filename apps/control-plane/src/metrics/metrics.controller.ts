import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pool } from 'pg';
import { Public } from '../authorisation/allow.js';
import { LOG } from '../app/provided.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { isLoopback } from './is-loopback.js';
import { createMetrics, type Metrics } from './registry.js';

@Controller('metrics')
export class MetricsController {
  private readonly metrics: Metrics;

  constructor(
    pool: Pool,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.metrics = createMetrics(pool);
  }

  @Get()
  @Public('scraped by a process on this machine; every other address is refused')
  async scrape(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!isLoopback(request)) throw new Refusal('forbidden', 'metrics are told on the loopback address only');
    await this.metrics
      .refresh()
      .catch((error: unknown) => this.log.warn({ err: error }, 'metrics without the database'));
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
