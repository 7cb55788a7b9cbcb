const runners = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const sleeping = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
const contexts = new Set(['context', 'ctx', 'task']);
const asleep = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

/** No test is switched off in the source; one that cannot run here says why, at run time. */
export const noSleepingTests = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      asleep:
        '`{{name}}` takes tests out of every run, here and in CI, and nobody sees it. Fix or delete the test. ' +
        "If the machine may lack what it needs, ask inside the test: `context.skip('no browser is installed')`, which is counted and printed.",
      unexplained:
        "A test that skips itself says why, as in `context.skip('no browser is installed')`: the reason is printed, so that nobody takes it for a pass.",
    },
  },
  create(context) {
    return {
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && asleep.has(node.callee.name)) report(context, node.callee);
        if (skipsWithoutReason(node)) context.report({ node, messageId: 'unexplained' });
      },
      MemberExpression(node) {
        if (!sleeping.has(node.property.name)) return;
        if (runners.has(rootOf(node))) report(context, node);
      },
    };
  },
};

function skipsWithoutReason({ callee, arguments: given }) {
  const isSkip = callee.type === 'MemberExpression' && callee.property.name === 'skip';
  return isSkip && contexts.has(callee.object.name) && given.length === 0;
}

function rootOf(node) {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node.type === 'Identifier' ? node.name : null;
}

function report(context, node) {
  context.report({ node, messageId: 'asleep', data: { name: context.sourceCode.getText(node) } });
}
