import { ChangeLog1700000000001 } from './0001-change-log.js';
import { Keys1700000000002 } from './0002-keys.js';
import { World1700000000003 } from './0003-world.js';
import { Guards1700000000004 } from './0004-guards.js';
import { SignIn1700000000005 } from './0005-sign-in.js';
import { Agents1700000000006 } from './0006-agents.js';
import { Tokens1700000000007 } from './0007-tokens.js';
import { AutomaticEnds1700000000008 } from './0008-automatic-ends.js';
import { GrantObligations1700000000009 } from './0009-grant-obligations.js';
import { Observations1700000000010 } from './0010-observations.js';
import { QuotaBudgets1700000000011 } from './0011-quota-budgets.js';
import { ToolDefinitions1700000000012 } from './0012-tool-definitions.js';
import { Directories1700000000013 } from './0013-directories.js';
import { ConversationBounds1700000000014 } from './0014-conversation-bounds.js';
import { Policies1700000000015 } from './0015-policies.js';
import { RecordedCalls1700000000016 } from './0016-recorded-calls.js';
import { ApiTokens1700000000017 } from './0017-api-tokens.js';
import { FullRecords1700000000018 } from './0018-full-records.js';
import { GrantUses1700000000019 } from './0019-grant-uses.js';

/** Every migration, oldest first. A merged one is never edited: a change is a new one (expand, deploy, contract). */
export const migrations = [
  ChangeLog1700000000001,
  Keys1700000000002,
  World1700000000003,
  Guards1700000000004,
  SignIn1700000000005,
  Agents1700000000006,
  Tokens1700000000007,
  AutomaticEnds1700000000008,
  GrantObligations1700000000009,
  Observations1700000000010,
  QuotaBudgets1700000000011,
  ToolDefinitions1700000000012,
  Directories1700000000013,
  ConversationBounds1700000000014,
  Policies1700000000015,
  RecordedCalls1700000000016,
  ApiTokens1700000000017,
  FullRecords1700000000018,
  GrantUses1700000000019,
] as const;
