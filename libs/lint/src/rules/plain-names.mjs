import { emptyWordIn } from '../words.mjs';

const kinds = new Set(['ClassDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'TSEnumDeclaration']);

/** Exported names say what a thing is; `Manager`, `Helper`, `Util` and the like say only that somebody stopped thinking. */
export const plainNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      empty:
        '`{{name}}`: "{{word}}" fits anything and so says nothing. Use a word of the glossary, or the verb the thing does.',
      prefix:
        '`{{name}}`: drop the I. The caller should not care whether a type is an interface, and the prefix makes a second name for it.',
    },
  },
  create(context) {
    const check = (identifier, isKind) => {
      const word = emptyWordIn(identifier.name, { isKind });
      if (word) context.report({ node: identifier, messageId: 'empty', data: { name: identifier.name, word } });
    };
    return {
      TSInterfaceDeclaration(node) {
        if (/^I[A-Z][a-z]/.test(node.id.name)) {
          context.report({ node: node.id, messageId: 'prefix', data: { name: node.id.name } });
        }
      },
      ExportNamedDeclaration(node) {
        declared(node.declaration).forEach((identifier) => check(identifier, kinds.has(node.declaration.type)));
        if (!node.source) node.specifiers.forEach((one) => check(one.exported, false));
      },
    };
  },
};

function declared(declaration) {
  if (!declaration) return [];
  if (declaration.type !== 'VariableDeclaration') return declaration.id ? [declaration.id] : [];
  return declaration.declarations.map((one) => one.id).filter((id) => id.type === 'Identifier');
}
