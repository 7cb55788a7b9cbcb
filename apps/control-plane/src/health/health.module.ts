import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { ReadinessCheck } from './readiness.js';

@Module({ imports: [TerminusModule], controllers: [HealthController], providers: [ReadinessCheck] })
export class HealthModule {}
