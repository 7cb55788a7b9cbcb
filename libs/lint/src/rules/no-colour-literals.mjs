import { colourIn, colourMessage, isThemeFile } from '../colours.mjs';

const addresses = new Set(['href', 'to', 'id', 'xlinkHref']);

/** Colours live in the theme, where both schemes and their contrast are tested. */
export const noColourLiterals = {
  meta: { type: 'problem', schema: [], messages: { literal: `{{found}}: ${colourMessage}` } },
  create(context) {
    if (isThemeFile(context.filename)) return {};
    const check = (node, text) => {
      if (typeof text !== 'string' || isAddress(node)) return;
      const found = colourIn(text);
      if (found) context.report({ node, messageId: 'literal', data: { found } });
    };
    return {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};

function isAddress(node) {
  return node.parent.type === 'JSXAttribute' && addresses.has(node.parent.name.name);
}
