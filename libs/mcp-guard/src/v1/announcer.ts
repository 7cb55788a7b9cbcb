import type { Guard } from '@portcullis/guard';
import { readCatalogue, type AnnouncedTool } from './catalogue.js';
import { InProcessLink } from './in-process-link.js';
import type { HostServer } from './session.js';

/** Tells the control plane which tools the server has, and again only when they are other ones. */
export class Announcer {
  #announced = '';

  constructor(private readonly guard: Pick<Guard, 'announce'>) {}

  announce(tools: readonly AnnouncedTool[]): void {
    const said = tools.map((tool) => tool.said);
    const text = JSON.stringify(said);
    if (text === this.#announced) return;
    this.#announced = text;
    this.guard.announce(said);
  }

  /** Reads the catalogue from a server built for this only, so that the tools can be granted before the first client comes. */
  async learn(build: () => Promise<HostServer>): Promise<void> {
    const server = await build();
    const link = new InProcessLink();
    try {
      await server.connect(link);
      const tools = await readCatalogue((request) => link.ask(request));
      if (tools !== undefined) this.announce(tools);
    } finally {
      await server.close();
    }
  }
}
