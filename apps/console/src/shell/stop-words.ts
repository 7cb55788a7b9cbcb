import type { StopScope } from './kill-switch-opener.js';

const scopeWords: Record<StopScope, string> = {
  everything: 'everything',
  environment: 'environment',
  tool_class: 'tool class',
  server: 'server',
  tool: 'tool',
  agent: 'agent',
  role: 'role',
  user: 'user',
  conversation: 'conversation',
};

/** A scope and its target in the words of the screen, such as "agent cs-prod". */
export function stopWords(scope: StopScope, target: string): string {
  return scope === 'everything' ? scopeWords.everything : `${scopeWords[scope]} ${target}`;
}

/** The scope as the kill lane and the command line write it. */
export function laneScope(scope: StopScope): string {
  return scope.replace('_', '-');
}
