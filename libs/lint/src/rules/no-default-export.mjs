/** One name per thing, the same in every file that imports it. */
export const noDefaultExport = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      named:
        'A default export is renamed by every importer, so a search for the name misses half of its uses. Export it by name. ' +
        '(Tool configurations are exempt, because the tools ask for it.)',
    },
  },
  create(context) {
    const report = (node) => context.report({ node, messageId: 'named' });
    return { ExportDefaultDeclaration: report, 'ExportSpecifier[exported.name="default"]': report };
  },
};
