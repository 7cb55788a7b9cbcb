import { existsSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The entry points whose every export carries a docstring: what other teams program against. */
export const publicEntries = [
  'libs/contracts/src/index.ts',
  'libs/contracts/src/signed/index.ts',
  'libs/policy/src/index.ts',
  'libs/boundary/src/index.ts',
  'libs/ledger/src/index.ts',
  'libs/guard/src/index.ts',
  'libs/mcp-guard/src/v1/index.ts',
  'libs/postgres/src/index.ts',
];

/**
 * Exports without a docstring, one line each. A type that only names what a documented schema parses
 * (`type Task = z.infer<typeof taskSchema>`) or lists (`(typeof tasks)[number]`) takes its docstring from there.
 */
export function missingDocstrings(root, entries = publicEntries) {
  const files = entries.map((entry) => path.join(root, entry)).filter((file) => existsSync(file));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    noResolve: false,
    noLib: true,
    types: [],
    customConditions: ['portcullis-source'],
  });
  const checker = program.getTypeChecker();
  const missing = files.flatMap((file) =>
    exportsOf(program, checker, file).flatMap((symbol) => trouble(checker, root, symbol)),
  );
  return [...new Set(missing)];
}

function exportsOf(program, checker, file) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module) : [];
}

function trouble(checker, root, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declarations = (target.declarations ?? []).filter((one) => one.getSourceFile().fileName.startsWith(root));
  if (declarations.length === 0 || declarations.some(hasDocstring) || namesDocumentedValue(checker, declarations))
    return [];
  const source = declarations[0].getSourceFile();
  const line = source.getLineAndCharacterOfPosition(declarations[0].getStart()).line + 1;
  return [
    `${path.relative(root, source.fileName)}:${line}: \`${symbol.name}\` is public and has no docstring. Say what it is for, then units, ` +
      'defaults and what it throws with which code: its readers do not have the source open.',
  ];
}

function hasDocstring(declaration) {
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts
    .getJSDocCommentsAndTags(holder)
    .some((one) => ts.isJSDoc(one) && ts.getTextOfJSDocComment(one.comment)?.trim());
}

function namesDocumentedValue(checker, declarations) {
  return declarations.some((declaration) => {
    if (!ts.isTypeAliasDeclaration(declaration)) return false;
    const queries = [];
    const visit = (node) => {
      if (ts.isTypeQueryNode(node)) queries.push(node.exprName);
      ts.forEachChild(node, visit);
    };
    visit(declaration.type);
    return queries.some((name) => checker.getSymbolAtLocation(name)?.declarations?.some(hasDocstring));
  });
}
