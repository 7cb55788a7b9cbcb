import { constraintSchema, type Constraint } from '@portcullis/contracts';

/** Says in words what is wrong with the arguments, or `undefined` when the constraint is met. Never throws. */
export type ConstraintCheck = (args: unknown) => string | undefined;

/** Compiles one constraint of a grant. `undefined`: this version does not know the kind, or it is malformed, which voids the grant. */
export function compileConstraint(authored: unknown): ConstraintCheck | undefined {
  const parsed = constraintSchema.safeParse(authored);
  return parsed.success ? compileKnown(parsed.data) : undefined;
}

function compileKnown(constraint: Constraint): ConstraintCheck {
  switch (constraint.kind) {
    case 'max':
      return compileMax(constraint.path, constraint.value);
  }
}

function compileMax(path: string, limit: number): ConstraintCheck {
  const segments = path.split('.');
  return (args) => {
    const found = read(args, segments);
    if (found === undefined) return `${path} is missing`;
    if (typeof found !== 'number') return `${path} is not a number`;
    if (!Number.isFinite(found)) return `${path} is not a finite number`;
    return found <= limit ? undefined : `${path} ${found} is more than ${limit}`;
  };
}

/** Follows own properties only, so neither a prototype nor a primitive's members can satisfy a constraint. */
function read(args: unknown, segments: readonly string[]): unknown {
  let at: unknown = args;
  try {
    for (const segment of segments) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined;
      at = (at as Readonly<Record<string, unknown>>)[segment];
    }
  } catch {
    return undefined;
  }
  return at;
}
