import { declaresCaller } from './rules/declares-caller.mjs';
import { noColourLiterals } from './rules/no-colour-literals.mjs';
import { noDefaultExport } from './rules/no-default-export.mjs';
import { noForeignCommands } from './rules/no-foreign-commands.mjs';
import { noOptimisticResponse } from './rules/no-optimistic-response.mjs';
import { noSleepingTests } from './rules/no-sleeping-tests.mjs';
import { plainNames } from './rules/plain-names.mjs';

/** Our own ESLint rules. Each has a spec beside it and a message that says why and what to do. */
export const plugin = {
  meta: { name: 'portcullis' },
  rules: {
    'declares-caller': declaresCaller,
    'no-colour-literals': noColourLiterals,
    'no-default-export': noDefaultExport,
    'no-foreign-commands': noForeignCommands,
    'no-optimistic-response': noOptimisticResponse,
    'no-sleeping-tests': noSleepingTests,
    'plain-names': plainNames,
  },
};
