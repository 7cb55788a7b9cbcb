/** The console never draws a security state the server has not confirmed. */
export const noOptimisticResponse = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      optimistic:
        '`optimisticResponse` draws a state the guards have not reached: "stopped" while calls still pass. ' +
        'Show the pending state, take the revision from the answer, and move the screen when the feed reports it.',
    },
  },
  create(context) {
    const report = (node) => context.report({ node, messageId: 'optimistic' });
    return {
      'Property[key.name="optimisticResponse"]': report,
      'Property[key.value="optimisticResponse"]': report,
      'JSXAttribute[name.name="optimisticResponse"]': report,
      'AssignmentExpression[left.property.name="optimisticResponse"]': report,
    };
  },
};
