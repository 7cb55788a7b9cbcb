import type { Assignment } from '../assignments/assignment.model.js';
import type { Engagement } from '../kill-switch/engagement.model.js';

/** The engagements that stop something this agent could do: for the screen, guards decide by themselves. */
export function stopsOn(agent: string, engaged: readonly Engagement[], held: readonly Assignment[]): Engagement[] {
  return engaged.filter(({ scope, target }) => {
    switch (scope) {
      case 'everything':
        return true;
      case 'agent':
        return target === agent;
      case 'role':
        return held.some((assignment) => assignment.role === target);
      case 'environment':
        return held.some((assignment) => assignment.environment === target);
      case 'user':
        return target.startsWith(`${agent} `);
      case 'tool-class':
      case 'server':
      case 'tool':
      case 'conversation':
        return false;
    }
  });
}
