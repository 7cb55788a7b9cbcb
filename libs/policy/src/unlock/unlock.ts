import { applyChanges } from '../apply.js';
import { decide } from '../decide.js';
import { noEngines, type Engines } from '../engines.js';
import { explainChecks } from '../explain/explain.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { remedies } from './remedies.js';
import { edited, freshToken, type Scene, type Step, type Words } from './step.js';
import type { FeedEdit, Unlock, UnlockChange } from './unlock-change.js';

/**
 * Gives the state as it would be after more changes. The default applies them to the state at hand; whoever holds the whole
 * change log gives one that also brings into the slice what would come into it.
 */
export type Foresee = (changes: readonly FeedEdit[]) => State;

/** `words` says a constraint in words; the default shows it as it was authored. `engines` are for the default of `foresee`. */
export interface UnlockOptions {
  readonly engines?: Engines;
  readonly foresee?: Foresee;
  readonly words?: Words;
}

const mostRounds = 32;

/**
 * What would have to change for the call to be allowed. Everything it names was tried on this state: with all of `changes`
 * the call is allowed, and without any one of them it is not. Only for arguments it cannot know a value: there it says what
 * they have to satisfy. An allowed call needs no change. Pure, never throws.
 */
export function unlock(state: State, call: Call, options: UnlockOptions = {}): Unlock {
  const { engines = noEngines, foresee = onTopOf(state, engines), words = JSON.stringify } = options;
  const after = (steps: readonly Step[], round = 0): Scene => ({ ...play(state, call, steps, foresee), round, words });
  const isAllowed = ({ state: then, call: made }: Pick<Scene, 'state' | 'call'>) =>
    decide(then, made).outcome === 'allow';
  const steps: Step[] = [];
  for (let round = 1; round <= mostRounds; round += 1) {
    const scene = after(steps, round);
    if (isAllowed(scene))
      return possible(
        minimal(steps, (fewer) => isAllowed(after(fewer))),
        after,
      );
    const check = explainChecks(scene.state, scene.call).find(({ outcome }) => outcome === 'denied');
    const remedy = check?.denial ? remedies[check.name](scene, check.denial) : unknownWay;
    if (typeof remedy === 'string') return { isPossible: false, changes: [], why: remedy };
    steps.push(...remedy);
  }
  return { isPossible: false, changes: [], why: unknownWay };
}

const unknownWay = 'No change is known that would allow it.';

function onTopOf(state: State, engines: Engines): Foresee {
  const revision = state.revision + 1;
  return (changes) =>
    applyChanges(
      state,
      changes.map((change) => ({ ...change, revision })),
      revision,
      { engines },
    );
}

function play(state: State, call: Call, steps: readonly Step[], foresee: Foresee): Pick<Scene, 'state' | 'call'> {
  const feed = steps.flatMap((step) => [...step.feed, ...step.assumed]);
  const then = feed.length === 0 ? state : foresee(feed);
  const made = edited(
    call,
    steps.map((step) => step.call),
  );
  const isRenewed = steps.some(({ kind }) => kind === 'new-token');
  return { state: then, call: isRenewed ? edited(made, [freshToken(then, made)]) : made };
}

/** Leaves out, from the first to the last, what a later step made unnecessary. */
function minimal(steps: readonly Step[], isEnough: (fewer: readonly Step[]) => boolean): readonly Step[] {
  return steps.reduce<readonly Step[]>((kept, one) => {
    const fewer = kept.filter((other) => other !== one);
    return isEnough(fewer) ? fewer : kept;
  }, steps);
}

/** All that is to be another about the token is one token. */
function possible(steps: readonly Step[], after: (steps: readonly Step[]) => Scene): Unlock {
  const tokens = steps.filter(({ kind }) => kind === 'new-token');
  const others = steps.filter(({ kind }) => kind !== 'new-token').map(changeOf);
  if (tokens.length === 0) return { isPossible: true, changes: others, why: null };
  const { state, call } = after(steps);
  const hows = [...new Set(tokens.map(({ text }) => text).filter((text) => text !== ''))];
  const token: UnlockChange = {
    kind: 'new-token',
    text: `Ask for a new token${hows.length === 0 ? '' : ` ${hows.join(' and ')}`}`,
    people: 1,
    values: Object.assign({}, ...tokens.map(({ values }) => values)) as UnlockChange['values'],
    feed: [],
    call: {
      claims: Object.assign({}, ...tokens.map((one) => one.call.claims), freshToken(state, call).claims) as object,
      key: call.key,
    },
    mustSatisfy: [],
  };
  const last = others.filter(({ kind }) => kind === 'change-arguments');
  return { isPossible: true, changes: [...others.filter((one) => !last.includes(one)), token, ...last], why: null };
}

function changeOf({ kind, text, people, values, feed, call, mustSatisfy }: Step): UnlockChange {
  return { kind, text, people, values, feed, call, mustSatisfy };
}
