import { judgeNames } from './columns.js';
import { refuse } from './not-allowed.js';
import { withSources, type Scope, type Source } from './scope.js';
import { judgeSources, sourcesOf } from './tables.js';
import { partOf, partsOf, textOf, type SqlNode } from './tree.js';
import { hasColumn, judgeReturning, targetOf } from './writing.js';

/** MERGE, and each of the acts it holds by its own kind. */
export function judgeMerge(node: SqlNode, scope: Scope): void {
  const target = targetOf(node, scope, 'merge');
  const source = partsOf(node, 'sourceRelation');
  const own = [target, ...sourcesOf(source, scope)];
  judgeSources(source, scope, own);
  const inside = withSources(scope, own);
  const condition = partOf(node, 'joinCondition');
  for (const act of partsOf(node, 'mergeWhenClauses')) {
    judgeAct(act, node, inside, target);
    const conditions = [condition, partOf(act, 'condition')];
    if (!scope.limit.everyRow && isChange(act) && !conditions.some((one) => one && hasColumn(one)))
      refuse('changes every row: nothing in ON or WHEN names a column');
  }
  if (condition) scope.judge(condition, inside);
  judgeReturning(node, scope, own);
}

const acts = new Map([
  ['CMD_INSERT', 'insert'],
  ['CMD_UPDATE', 'update'],
  ['CMD_DELETE', 'delete'],
] as const);

function isChange(act: SqlNode): boolean {
  return ['CMD_UPDATE', 'CMD_DELETE'].includes(textOf(act, 'commandType'));
}

function judgeAct(act: SqlNode, node: SqlNode, inside: Scope, target: Source): void {
  const command = textOf(act, 'commandType');
  if (command !== 'CMD_NOTHING') {
    const kind = [...acts].find(([name]) => name === command)?.[1];
    targetOf(node, inside, kind ?? refuse('merges in a way that is not understood'));
  }
  const columns = partsOf(act, 'targetList');
  if (command === 'CMD_INSERT' && columns.length === 0 && target.limits.length > 0)
    refuse(`inserts into every column of ${target.limits[0]?.table ?? ''}`);
  judgeNames(
    columns.map((column) => textOf(column, 'name')),
    target,
  );
  for (const part of [...columns, ...partsOf(act, 'condition'), ...partsOf(act, 'values')]) inside.judge(part, inside);
}
