/**
 * The import rules of ARCHITECTURE.md. The collector and the assistant meet in the data contract
 * only; the command line is where the parts are put together.
 */
module.exports = {
  forbidden: [
    {
      name: 'collector-stands-alone',
      comment: 'The collector imports nothing of the other parts.',
      severity: 'error',
      from: { path: '^collector/' },
      to: { path: '^(assistant|web|infra)/' },
    },
    {
      name: 'schema-stands-alone',
      comment:
        'The data contract imports nothing of the collector, so that everyone can import it.',
      severity: 'error',
      from: { path: '^collector/schema/' },
      to: { path: '^collector/', pathNot: '^collector/schema/' },
    },
    {
      name: 'assistant-knows-the-contract-only',
      comment:
        'Of the collector, the assistant imports the data contract; the command line is excepted.',
      severity: 'error',
      from: { path: '^assistant/', pathNot: '^assistant/cli/' },
      to: { path: '^(collector/(?!schema/)|web/|infra/)' },
    },
    {
      name: 'cli-is-the-outermost-room',
      severity: 'error',
      from: { path: '^(collector|assistant|web)/', pathNot: '^assistant/cli/' },
      to: { path: '^assistant/cli/' },
    },
    {
      name: 'web-knows-the-api-only',
      comment: 'The page imports the types of the HTTP API and nothing else of the assistant.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(collector|infra)/|^assistant/(?!server/api\\.ts$)' },
    },
    {
      name: 'infra-knows-the-contract-only',
      comment:
        'The infrastructure imports the data contract, and the list of permissions that goes with the calls; it names entry points by their paths.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(collector/(?!schema/|aws/permissions\\.ts$)|assistant/|web/)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      // The page and the deployment are made on the developer's machine, and need their packages there alone.
      from: { pathNot: '^(web|infra)/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
