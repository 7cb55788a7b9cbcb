import { cruiseOptions, importRules } from './libs/lint/src/import-directions.mjs';

export default { forbidden: importRules(), options: cruiseOptions };
