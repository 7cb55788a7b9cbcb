import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request passes through, in Express or before it. */
export type Step = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
