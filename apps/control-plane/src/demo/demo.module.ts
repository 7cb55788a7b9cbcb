import { Module } from '@nestjs/common';
import { DemoResolver } from './demo.resolver.js';
import { Incident } from './incident.js';

@Module({ providers: [DemoResolver, Incident] })
export class DemoModule {}
