import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';

const deepest = 8;
const mostFields = 500;
const mostAliases = 30;

/** What parsing may cost: a document beyond it is not even validated. */
export const mostTokens = 3000;

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
}

const nothing: Size = { depth: 0, fields: 0, aliases: 0 };

/** Refuses documents that ask for more than a page could show. Fragments count where they are spread, so nesting them gains nothing. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, Size>();

  function sizeOfFragment(name: string): Size {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    // Before the walk: a cycle then ends here, and is named by the standard rules.
    fragments.set(name, nothing);
    const definition = context.getFragment(name);
    const size = definition ? sizeOf(definition.selectionSet) : nothing;
    fragments.set(name, size);
    return size;
  }

  function sizeOf(set: SelectionSetNode | undefined): Size {
    let total = nothing;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) total = beside(total, sizeOfFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) total = beside(total, sizeOf(selection.selectionSet));
      else if (!selection.name.value.startsWith('__'))
        total = beside(total, below(sizeOf(selection.selectionSet), selection.alias !== undefined));
    }
    return total;
  }

  return {
    OperationDefinition(node) {
      const { depth, fields, aliases } = sizeOf(node.selectionSet);
      const broken =
        depth > deepest
          ? `depth ${deepest}`
          : fields > mostFields
            ? `${mostFields} fields`
            : aliases > mostAliases
              ? `${mostAliases} aliases`
              : undefined;
      if (broken !== undefined)
        context.reportError(new GraphQLError(`the document asks for too much (limit: ${broken})`, { nodes: node }));
      return false;
    },
  };
}

function beside(left: Size, right: Size): Size {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
  };
}

function below(children: Size, isAliased: boolean): Size {
  return { depth: children.depth + 1, fields: children.fields + 1, aliases: children.aliases + (isAliased ? 1 : 0) };
}
