/** In this order: the cheap ones first, so that a plain mistake is known before a whole install is started. */
export const stages = [
  {
    name: 'unit and case files',
    projects: [
      'contracts',
      'policy',
      'boundary',
      'ledger',
      'guard',
      'mcp-guard',
      'testkit',
      'lint',
      'cli',
      'demo',
      'console',
    ],
    minutes: 25,
  },
  { name: 'modules on Postgres', projects: ['postgres', 'migrations', 'control-plane'], minutes: 12 },
  { name: 'end to end', projects: ['e2e', 'timed'], minutes: 15 },
  { name: 'browser', projects: ['browser'], minutes: 8 },
];
