import { policyTestSchema, slugSchema, type PolicyTest } from '@portcullis/contracts';
import { kindFirst } from './ordered.js';
import type { SnapshotPolicy } from './snapshot.js';
import { yamlText } from './yaml-text.js';

/** `policies.yaml`, which names them all, and of each its text byte by byte and its tests. */
export function policyFiles(policies: readonly SnapshotPolicy[]): readonly (readonly [file: string, text: string])[] {
  const inOrder = policies.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ['policies.yaml', yamlText({ policies: inOrder.map(entry) })],
    ...inOrder.flatMap(({ id, text, tests }): [string, string][] => [
      [`policies/${slugSchema.parse(id)}.cedar`, text],
      [`policies/${id}.yaml`, yamlText({ policy: id, tests: policyTestSchema.array().parse(tests).map(testContent) })],
    ]),
  ];
}

function entry({ id, name, environment }: SnapshotPolicy): object {
  return { id, name, ...(environment === null ? {} : { environment }) };
}

/** What says nothing is left out. */
function testContent({ name, call, want }: PolicyTest): object {
  const { agent, role, task, tool, arguments: given, user, conversation, time, signals } = call;
  return {
    name,
    call: {
      ...{ agent, role, task, tool },
      ...(Object.keys(given).length === 0 ? {} : { arguments: kindFirst(given) }),
      ...(user === null ? {} : { user }),
      ...(conversation === null ? {} : { conversation: kindFirst(conversation) }),
      ...(time === null ? {} : { time }),
      ...(Object.keys(signals).length === 0 ? {} : { signals: kindFirst(signals) }),
    },
    want,
  };
}
