import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const messages = (text: string, file = 'apps/console/src/agents/AgentRow.tsx') =>
  lintText('no-colour-literals', text, file);

describe('colours live in the theme', () => {
  it.each([
    "const c = '#ff0000';",
    "const c = '#fffa';",
    'const s = `1px solid rgb(10 20 30)`;',
    "<b style={{ color: 'hsl(1, 2%, 3%)' }} />",
  ])('refuses %s outside the theme', (text) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text)[0]).toMatch(/wrong in the other.*theme folder/);
  });

  it('accepts them in the theme', () => {
    expect(messages("export const ink = '#101418';", 'apps/console/src/theme/colours.ts')).toEqual([]);
  });

  it.each(["const c = 'var(--ink)';", "<a href='#add' />", "const t = 'ticket #42';", "<use fill='url(#abc)' />"])(
    'accepts %s',
    (text) => {
      expect(messages(text)).toEqual([]);
    },
  );
});
