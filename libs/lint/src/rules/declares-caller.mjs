const operations = new Set(['Query', 'Mutation', 'Subscription']);
const routes = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse', 'Search']);
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

const shortestReason = 8;

/** Every resolver method and controller route says who may call it: `@Allow('permission')` or `@Public('reason')`. */
export const declaresCaller = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      missing:
        '`{{method}}` does not say who may call it, so the guard refuses everybody. ' +
        "Add @Allow('permission') with the permission it needs, or @Public('reason') when a stranger must reach it.",
      noPermission:
        "@Allow needs the permission it asks for, as in @Allow('agents.revoke'). An empty one would let nobody or everybody in.",
      noReason:
        "@Public needs a reason a reviewer can judge, as in @Public('sign-in happens before there is a session'). " +
        'An open door without a reason is how a closed system becomes an open one.',
      both: '`{{method}}` has @Allow and @Public. It is open or it is closed: keep one.',
    },
  },
  create(context) {
    return {
      MethodDefinition(node) {
        const parent = node.parent.parent;
        if (!isEntrance(node, parent)) return;
        const allow = decorator(node, 'Allow');
        const open = decorator(node, 'Public');
        const method = context.sourceCode.getText(node.key);
        if (!allow && !open) return context.report({ node: node.key, messageId: 'missing', data: { method } });
        if (allow && open) return context.report({ node: open, messageId: 'both', data: { method } });
        if (allow && !hasPermission(allow)) context.report({ node: allow, messageId: 'noPermission' });
        if (open && !hasReason(open)) context.report({ node: open, messageId: 'noReason' });
      },
    };
  },
};

function isEntrance(method, owner) {
  const resolver = decorator(owner, 'Resolver');
  const names = (method.decorators ?? []).map(nameOf);
  if (decorator(owner, 'Controller') && names.some((name) => routes.has(name))) return true;
  if (names.some((name) => operations.has(name)) && resolver) return true;
  return names.includes('ResolveField') && resolver !== undefined && isRoot(resolver);
}

// A field of an object is reached through a root field, which declares; a field resolved on a root type is one itself.
function isRoot(resolver) {
  const type = resolver.expression.arguments?.[0];
  return type?.type === 'Literal' && rootTypes.has(type.value);
}

function decorator(node, name) {
  return (node.decorators ?? []).find((one) => nameOf(one) === name);
}

function nameOf(one) {
  const callee = one.expression.type === 'CallExpression' ? one.expression.callee : one.expression;
  return callee.type === 'MemberExpression' ? callee.property.name : callee.name;
}

function hasPermission(one) {
  const argument = one.expression.arguments?.[0];
  if (!argument) return false;
  return argument.type !== 'Literal' || (typeof argument.value === 'string' && argument.value.trim() !== '');
}

function hasReason(one) {
  const argument = one.expression.arguments?.[0];
  return (
    argument?.type === 'Literal' && typeof argument.value === 'string' && argument.value.trim().length >= shortestReason
  );
}
