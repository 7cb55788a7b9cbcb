import { Mutation, Resolver } from '@nestjs/graphql';
import { Pool } from 'pg';
import { Allow } from '../authorisation/allow.js';
import { currentRevision } from '../database/current-revision.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { Incident } from './incident.js';

@Resolver()
export class DemoResolver {
  constructor(
    private readonly incident: Incident,
    private readonly pool: Pool,
  ) {}

  @Mutation(() => RevisionPayload, { description: "Plays the demo's incident; only while the demo is on." })
  @Allow('agents:write')
  async runDemoIncident(): Promise<RevisionPayload> {
    this.incident.play();
    return { revision: await currentRevision(this.pool) };
  }
}
