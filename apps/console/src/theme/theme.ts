import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const steel: MantineColorsTuple = [
  '#eef4fa',
  '#d9e6f2',
  '#b4cde6',
  '#8bb1d8',
  '#6697ca',
  '#4c82bb',
  '#3a6ea7',
  '#2d5a8c',
  '#234a76',
  '#16304f',
];
const stop: MantineColorsTuple = [
  '#fdeef0',
  '#f9d3d8',
  '#f0a3ad',
  '#e57482',
  '#d94a5d',
  '#c72c44',
  '#b31733',
  '#a3001b',
  '#7a0012',
  '#54000c',
];
const dark: MantineColorsTuple = [
  '#e4e8ec',
  '#c3cad2',
  '#aab3bd',
  '#98a2ad',
  '#464e58',
  '#363d46',
  '#242a32',
  '#1b2026',
  '#14181d',
  '#0d1013',
];

export const theme = createTheme({
  primaryColor: 'steel',
  primaryShade: 8,
  autoContrast: true,
  colors: { steel, stop, dark },
  black: '#161b21',
  fontFamily: 'var(--pc-sans)',
  fontFamilyMonospace: 'var(--pc-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontFamily: 'var(--pc-sans)', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

const tinted = ['steel', 'stop', 'gray', 'red'] as const;

/** The contrast recipe: every text variable of Mantine that fails WCAG AA as shipped is set again, for both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = ({ colors }) => {
  const light: Record<string, string> = {};
  const night: Record<string, string> = {};
  for (const name of tinted) {
    const scale = colors[name];
    if (!scale) continue;
    light[`--mantine-color-${name}-light`] = scale[0];
    light[`--mantine-color-${name}-light-color`] = scale[9];
    light[`--mantine-color-${name}-outline`] = scale[8];
    light[`--mantine-color-${name}-text`] = scale[8];
    night[`--mantine-color-${name}-light-color`] = scale[1];
    night[`--mantine-color-${name}-outline`] = scale[2];
    night[`--mantine-color-${name}-text`] = scale[2];
  }
  const both = {
    '--mantine-color-dimmed': 'var(--pc-dim)',
    '--mantine-color-placeholder': 'var(--pc-faint)',
    '--mantine-color-anchor': 'var(--pc-link)',
    '--mantine-color-body': 'var(--pc-surface)',
    '--mantine-color-text': 'var(--pc-ink)',
    '--mantine-color-default-border': 'var(--pc-edge-strong)',
    '--mantine-color-stop-filled': 'var(--pc-stop)',
    '--mantine-color-stop-filled-hover': 'var(--pc-stop-hover)',
  };
  return {
    variables: {},
    light: { ...both, ...light, '--mantine-color-error': colors.red[9] },
    dark: { ...both, ...night, '--mantine-color-error': colors.red[3] },
  };
};
