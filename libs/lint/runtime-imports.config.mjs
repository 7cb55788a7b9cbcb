import { cruiseOptions, runtimeRules } from './src/import-directions.mjs';

export default {
  forbidden: runtimeRules,
  options: { ...cruiseOptions, tsPreCompilationDeps: false, tsConfig: { fileName: 'tsconfig.base.json' } },
};
