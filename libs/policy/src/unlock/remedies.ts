import type { Denial } from '../check.js';
import type { CheckName } from '../explain/questions.js';
import { acceptDefinition } from './accept-definition.js';
import { activateAgent } from './activate-agent.js';
import { awaitQuota } from './await-quota.js';
import { giveGrant, newGrant } from './give-grant.js';
import { giveRole } from './give-role.js';
import { liveCredential } from './live-credential.js';
import { liveToken } from './live-token.js';
import { openConversation, untaintedGrounds } from './open-conversation.js';
import { knownTool } from './known-tool.js';
import { retirePolicy } from './retire-policy.js';
import { releaseStop } from './release-stop.js';
import { step, type Scene, type Step } from './step.js';

/** The steps against one denial, or in words why nothing can be done about it. */
export type Remedy = (scene: Scene, denial: Denial) => readonly Step[] | string;

const reachControlPlane: Remedy = () => [
  step('reach-control-plane', 'The guard has to reach the control plane again', {
    call: { posture: 'fresh', staleSeconds: 0 },
  }),
];

/** One for each check; a check without one does not compile. */
export const remedies: Readonly<Record<CheckName, Remedy>> = {
  'is-severed': reachControlPlane,
  'is-stopped': releaseStop,
  'is-understood': (_scene, { detail }) => `What cannot be read cannot be foreseen: ${detail}, then ask again.`,
  'is-agent-active': activateAgent,
  'is-credential-live': liveCredential,
  'is-untainted': untaintedGrounds,
  'is-token-live': liveToken,
  'is-token-in-force': liveToken,
  'is-conversation-open': openConversation,
  'is-tool-known': knownTool,
  'is-definition-accepted': acceptDefinition,
  'is-assigned': giveRole,
  'is-granted': giveGrant,
  'is-grant-understood': giveGrant,
  'is-for-conversation': giveGrant,
  'is-task-covered': giveGrant,
  'is-in-window': giveGrant,
  'may-be-stale': giveGrant,
  'is-within-constraints': giveGrant,
  'is-not-forbidden': retirePolicy,
  'is-within-quota': awaitQuota,
  'is-not-held': retirePolicy,
  'needs-no-approval': (scene) => [newGrant(scene)],
};
