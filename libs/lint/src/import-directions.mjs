const pure = ['contracts', 'policy', 'boundary', 'ledger'];
const folderOf = (name) => (name === 'migrations' || name === 'e2e' ? name : `(libs|apps)/${name}`);

/** Who may import whom, project by project. What is not in the list is forbidden. */
export const directions = {
  contracts: [],
  policy: ['contracts'],
  boundary: ['contracts'],
  ledger: ['contracts'],
  guard: pure,
  'mcp-guard': [...pure, 'guard'],
  postgres: [],
  testkit: [...pure, 'postgres', 'migrations'],
  lint: [],
  migrations: [],
  'control-plane': [...pure, 'postgres', 'migrations'],
  console: ['contracts', 'policy'],
  cli: [...pure, 'guard', 'mcp-guard', 'postgres', 'migrations'],
  demo: [...pure, 'guard', 'mcp-guard'],
  gateway: [...pure, 'guard', 'mcp-guard'],
  e2e: [...pure, 'guard', 'mcp-guard', 'postgres', 'testkit', 'migrations', 'cli'],
};

/** What the tests of every project may import beside that. */
export const testsMayAlso = ['testkit', 'postgres', 'migrations'];

/** Specs, what stands beside them for them alone, and the projects that are never shipped. */
const ownTests = '(\\.(spec|fixture)\\.tsx?$|/testing/)';
const tests = `(${ownTests}|^e2e/|^libs/testkit/)`;
const anyProject = '^(libs/|apps/|migrations/|e2e/)';
const npm = (names) => `(^|/)node_modules/(${names})(/|$)`;

function direction(name, allowed) {
  const own = `^${folderOf(name)}/`;
  const beyond = (names) => `^(${[name, ...names].map(folderOf).join('|')})/`;
  const list = allowed.length ? allowed.join(', ') : 'none of our projects';
  return [
    {
      name: `directions-${name}`,
      comment: `${name} may import ${list}. Imports point one way, so that the meaning can be read and tested without its hosts. Move the code down, or pass it in.`,
      severity: 'error',
      from: { path: own, pathNot: ownTests },
      to: { path: anyProject, pathNot: beyond(allowed) },
    },
    {
      name: `directions-${name}-tests`,
      comment: `Tests of ${name} may import ${[...new Set([...allowed, ...testsMayAlso])].join(', ')}.`,
      severity: 'error',
      from: { path: `${own}.*${ownTests}` },
      to: { path: anyProject, pathNot: beyond([...allowed, ...testsMayAlso]) },
    },
  ];
}

const places = [
  {
    name: 'nest-and-typeorm-stay-home',
    comment: 'Nest and TypeORM stand in control-plane and migrations only: what the guards run must load in any host.',
    severity: 'error',
    from: { pathNot: '^(apps/control-plane|migrations)/' },
    to: { path: npm('typeorm|@nestjs') },
  },
  {
    name: 'react-in-console-only',
    comment: 'React and its companions stand in the console only.',
    severity: 'error',
    from: { pathNot: '^apps/console/' },
    to: { path: npm('react|react-dom|react-router|@mantine|@apollo/client|@tabler') },
  },
  {
    name: 'mcp-sdk-in-mcp-guard-only',
    comment:
      'In libs only mcp-guard imports an MCP SDK. The guard outlives SDK versions; put the part that knows the SDK in mcp-guard.',
    severity: 'error',
    from: { path: '^libs/', pathNot: '^libs/mcp-guard/' },
    to: { path: npm('@modelcontextprotocol') },
  },
  {
    name: 'test-support-in-tests-only',
    comment: 'testkit, e2e, testing/ folders and *.fixture files are never shipped, so only tests may import them.',
    severity: 'error',
    from: { pathNot: tests },
    to: { path: '^(libs/testkit|e2e)/|/testing/|\\.fixture\\.tsx?$' },
  },
  {
    name: 'policy-runs-anywhere',
    comment:
      'The decision and the boundary are pure and run in a browser too, so they import nothing of Node. Pass the value in. Engines are loaded by hosts on Node alone.',
    severity: 'error',
    from: {
      path: '^libs/(policy|boundary)/src/',
      pathNot: '\\.(spec|fixture)\\.ts$|^libs/policy/src/engines/',
    },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'features-stand-alone',
    comment:
      'A console feature never imports another feature: deleting one must not break the next. What two of them need goes to parts/, shell/ or live/; pages are put together in app/.',
    severity: 'error',
    from: { path: '^apps/console/src/([^/]+)/', pathNot: '^apps/console/src/app/|\\.spec\\.tsx?$' },
    to: { path: '^apps/console/src/[^/]+/', pathNot: '^apps/console/src/($1|gql|live|parts|shell|theme)/' },
  },
];

const hygiene = [
  {
    name: 'no-cycles',
    comment:
      'Two files that need each other are one file, or hide a third. Under ESM the loser of the race sees `undefined`.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'This import leads nowhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'by-package-name',
    comment: 'Another project is imported by its package name, so that its exports map decides what is public.',
    severity: 'error',
    from: { path: '^((libs|apps)/[^/]+|migrations|e2e)/src/' },
    to: { path: anyProject, pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'declared-dependencies',
    comment: 'Shipped code imports what its own package.json lists: anything else works here by accident of hoisting.',
    severity: 'error',
    from: { path: '^((libs|apps)/[^/]+|migrations)/src/', pathNot: `${tests}|^libs/lint/` },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
  },
];

/** What must not be loaded at run time, however long the way. Types are erased, so they do not count here. */
export const runtimeRules = [
  {
    name: 'link-and-lane-stay-lean',
    comment:
      'The link and the kill lane are plain Node. Nest or TypeORM in them, even through another file, costs the memory and start-up ' +
      'time that the kill path must not have, and lets a change to the API break a kill.',
    severity: 'error',
    from: { path: '^apps/control-plane/src/(link|lane)(/|\\.ts$)', pathNot: ownTests },
    to: { path: npm('typeorm|@nestjs'), reachable: true },
  },
];

/** The rules dependency-cruiser runs with. */
export function importRules() {
  return [...Object.entries(directions).flatMap(([name, allowed]) => direction(name, allowed)), ...places, ...hygiene];
}

/** Resolution as in the product: `portcullis-source` leads a workspace import to the other project's source. */
export const cruiseOptions = {
  doNotFollow: { path: 'node_modules/' },
  exclude: { path: '(^|/)dist/|apps/console/src/gql/' },
  tsPreCompilationDeps: true,
  combinedDependencies: false,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['portcullis-source', 'import', 'node', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
  },
};
