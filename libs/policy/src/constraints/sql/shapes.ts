/** What a node of the parse tree may hold. Anything else in it is not understood, and refused. */
export interface Shape {
  /** Fields with nodes that name their own type, alone or in a list. */
  readonly nodes: ReadonlySet<string>;
  /** Fields with a node that does not name its type: the grammar knows only one. */
  readonly typed: ReadonlyMap<string, string>;
  /** Fields with a text, a number, true or false. */
  readonly words: ReadonlySet<string>;
}

function shape(nodes: string, words = '', typed: Readonly<Record<string, string>> = {}): Shape {
  const named = (list: string) => new Set(list.split(' ').filter((name) => name !== ''));
  return { nodes: named(nodes), words: named(`location ${words}`), typed: new Map(Object.entries(typed)) };
}

const withClause = { withClause: 'WithClause' };
const returningClause = { returningClause: 'ReturningClause' };
const relation = { relation: 'RangeVar' };

const statements: readonly (readonly [string, Shape])[] = [
  [
    'SelectStmt',
    shape(
      'distinctClause targetList fromClause whereClause groupClause havingClause windowClause valuesLists sortClause limitOffset limitCount lockingClause',
      'groupDistinct limitOption op all',
      { ...withClause, larg: 'SelectStmt', rarg: 'SelectStmt' },
    ),
  ],
  [
    'InsertStmt',
    shape('cols selectStmt', 'override', {
      ...relation,
      ...withClause,
      ...returningClause,
      onConflictClause: 'OnConflictClause',
    }),
  ],
  ['UpdateStmt', shape('targetList whereClause fromClause', '', { ...relation, ...withClause, ...returningClause })],
  ['DeleteStmt', shape('usingClause whereClause', '', { ...relation, ...withClause, ...returningClause })],
  [
    'MergeStmt',
    shape('sourceRelation joinCondition mergeWhenClauses', '', { ...relation, ...withClause, ...returningClause }),
  ],
  ['OnConflictClause', shape('targetList whereClause', 'action', { infer: 'InferClause' })],
  ['InferClause', shape('indexElems whereClause', 'conname')],
  ['IndexElem', shape('expr collation', 'name ordering nulls_ordering')],
  ['ReturningClause', shape('options exprs')],
  ['ReturningOption', shape('', 'option value')],
  ['MergeWhenClause', shape('condition targetList values', 'matchKind commandType override')],
  ['WithClause', shape('ctes', 'recursive')],
  ['CommonTableExpr', shape('aliascolnames ctequery', 'ctename ctematerialized')],
];

const sources: readonly (readonly [string, Shape])[] = [
  ['RangeVar', shape('', 'catalogname schemaname relname inh relpersistence', { alias: 'Alias' })],
  ['Alias', shape('colnames', 'aliasname')],
  ['RangeSubselect', shape('subquery', 'lateral', { alias: 'Alias' })],
  ['RangeFunction', shape('functions', 'lateral ordinality is_rowsfrom', { alias: 'Alias' })],
  [
    'JoinExpr',
    shape('larg rarg usingClause quals', 'jointype isNatural', { alias: 'Alias', join_using_alias: 'Alias' }),
  ],
  ['LockingClause', shape('lockedRels', 'strength waitPolicy')],
];

const expressions: readonly (readonly [string, Shape])[] = [
  ['ResTarget', shape('indirection val', 'name')],
  ['ColumnRef', shape('fields')],
  ['A_Star', shape('')],
  ['String', shape('', 'sval')],
  ['Integer', shape('', 'ival')],
  [
    'A_Const',
    shape('', 'isnull', { ival: 'Integer', fval: 'Float', boolval: 'Boolean', sval: 'String', bsval: 'BitString' }),
  ],
  ['Float', shape('', 'fval')],
  ['Boolean', shape('', 'boolval')],
  ['BitString', shape('', 'bsval')],
  ['ParamRef', shape('', 'number')],
  ['List', shape('items')],
  ['A_Expr', shape('name lexpr rexpr', 'kind rexpr_list_start rexpr_list_end')],
  ['BoolExpr', shape('args', 'boolop')],
  ['NullTest', shape('arg', 'nulltesttype argisrow')],
  ['BooleanTest', shape('arg', 'booltesttype')],
  ['SubLink', shape('testexpr operName subselect', 'subLinkType subLinkId')],
  ['CaseExpr', shape('arg args defresult')],
  ['CaseWhen', shape('expr result')],
  ['CoalesceExpr', shape('args')],
  ['MinMaxExpr', shape('args', 'op')],
  ['A_ArrayExpr', shape('elements', 'list_start list_end')],
  ['RowExpr', shape('args colnames', 'row_format')],
  ['TypeCast', shape('arg', '', { typeName: 'TypeName' })],
  ['TypeName', shape('names typmods arrayBounds', 'typemod setof pct_type')],
  [
    'FuncCall',
    shape('funcname args agg_order agg_filter', 'agg_within_group agg_star agg_distinct func_variadic funcformat', {
      over: 'WindowDef',
    }),
  ],
  ['NamedArgExpr', shape('arg', 'name argnumber')],
  ['WindowDef', shape('partitionClause orderClause startOffset endOffset', 'name refname frameOptions')],
  ['SortBy', shape('node useOp', 'sortby_dir sortby_nulls')],
  ['GroupingSet', shape('content', 'kind')],
  ['GroupingFunc', shape('args')],
  ['CollateClause', shape('arg collname')],
  ['A_Indirection', shape('arg indirection')],
  ['A_Indices', shape('lidx uidx', 'is_slice')],
  ['SQLValueFunction', shape('', 'op typmod')],
  ['SetToDefault', shape('')],
  ['MultiAssignRef', shape('source', 'colno ncolumns')],
];

/**
 * The nodes of PostgreSQL's parse tree that are understood, with all that is understood in them. Statements that are not in here,
 * a table made by SELECT INTO, WITH … SEARCH and CYCLE, XML and JSON tables, samples, cursors and operator classes are not.
 */
export const shapes: ReadonlyMap<string, Shape> = new Map([...statements, ...sources, ...expressions]);
