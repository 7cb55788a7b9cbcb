const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/**
 * The types a value may be cast to. Their input reads nothing but the text: not so for regclass and its like, which look up the
 * catalog, nor for domains and types of users, which run what their owners wrote.
 */
export const plainTypes = list(
  'bool int2 int4 int8 float4 float8 numeric money text varchar bpchar char name bytea bit varbit date time timetz timestamp timestamptz interval uuid json jsonb inet cidr macaddr',
);

/** The operators of PostgreSQL's own types. */
export const plainOperators = list(
  '+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < > <= >= || ~~ !~~ ~~* !~~* ~* !~ !~* @> <@ && ? ?| ?& -> ->> #> #>> @? @@ <<= >>= -|-',
);

/** What the grammar calls a value without parentheses and is no word about who asks. */
export const plainValues: ReadonlySet<string> = new Set(
  ['DATE', 'TIME', 'TIMESTAMP'].flatMap((name) =>
    ['CURRENT_', 'LOCAL'].flatMap((when) => [`SVFOP_${when}${name}`, `SVFOP_${when}${name}_N`]),
  ),
);
