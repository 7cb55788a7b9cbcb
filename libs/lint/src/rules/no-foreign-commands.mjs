import path from 'node:path';

const inModule = /\/apps\/control-plane\/src\/([^/]+)\//;

/** A module writes its own tables only: nobody else's `*.commands` is imported. */
export const noForeignCommands = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      foreign:
        'Module `{{mine}}` imports the commands of module `{{theirs}}`. A command opens its own transaction and appends its own ' +
        'change, so two chained commands are two revisions with a hole between them. Read through `{{theirs}}.queries`, or append ' +
        'the change here, in the command that decides it.',
    },
  },
  create(context) {
    const mine = inModule.exec(context.filename.replaceAll('\\', '/'))?.[1];
    if (!mine || /\.spec\.tsx?$/.test(context.filename)) return {};
    const check = (node) => {
      const target = targetOf(context.filename, node.source?.value);
      const theirs = target && inModule.exec(target)?.[1];
      if (theirs && theirs !== mine && /(\.|\/)commands(\/|\.|$)/.test(target)) {
        context.report({ node: node.source, messageId: 'foreign', data: { mine, theirs } });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

function targetOf(file, source) {
  if (typeof source !== 'string' || !source.startsWith('.')) return null;
  return path.resolve(path.dirname(file), source).replaceAll('\\', '/');
}
