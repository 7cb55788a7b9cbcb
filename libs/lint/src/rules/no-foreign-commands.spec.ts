import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const from = (source: string, filename = 'apps/control-plane/src/grants/grants.commands.ts') =>
  lintText('no-foreign-commands', `import { x } from '${source}';`, filename);

describe('a module writes its own tables only', () => {
  it("refuses another module's commands and says what to do", () => {
    expect(from('../agents/agents.commands.js')[0]).toMatch(
      /`grants` imports the commands of module `agents`.*agents\.queries/,
    );
    expect(from('../agents/commands/retire.js')).toHaveLength(1);
  });

  it('refuses them in a re-export and a dynamic import too', () => {
    const file = 'apps/control-plane/src/grants/grants.module.ts';
    expect(lintText('no-foreign-commands', "export { x } from '../agents/agents.commands.js';", file)).toHaveLength(1);
    expect(lintText('no-foreign-commands', "await import('../agents/agents.commands.js');", file)).toHaveLength(1);
  });

  it("accepts its own commands, another module's queries, and the command machinery of the change log", () => {
    expect(from('./grants.commands.js')).toEqual([]);
    expect(from('../agents/agents.queries.js')).toEqual([]);
    expect(from('../change-log/command.js')).toEqual([]);
    expect(from('@nestjs/common')).toEqual([]);
  });

  it('leaves specs alone: they may set a world up with any command', () => {
    expect(from('../agents/agents.commands.js', 'apps/control-plane/src/grants/grants.commands.spec.ts')).toEqual([]);
  });
});
