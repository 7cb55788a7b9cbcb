export type { ScoredCall, Scorer } from '@portcullis/guard';
export { createGuard, type McpGuard, type McpGuardOptions } from './create-guard.js';
export type { BuildServer } from './protected-server.js';
export type { HostServer } from './session.js';
export type { HostEndpoint, HostRequest } from './http.js';
