import type { ReactNode } from 'react';
import { Panel } from '../parts/Panel.js';
import { constraintForms } from './constraint-forms.js';
import type { DraftedParts } from './grant-draft.js';
import { obligationForms } from './obligation-forms.js';
import { PartsBuilder } from './PartsBuilder.js';
import type { GrantBeingWritten } from './use-grant-form.js';

interface GrantPartsProps {
  readonly grant: Pick<GrantBeingWritten, 'parameters' | 'typeOf' | 'said' | 'problems'> & {
    readonly draft: DraftedParts;
    readonly set: (change: Partial<DraftedParts>) => void;
  };
  /** A limit that is offered because of the tool. */
  readonly proposal?: ReactNode;
}

/** What the arguments have to keep, and what is done about a call that is allowed. */
export function GrantParts({ grant, proposal }: GrantPartsProps) {
  const { draft, parameters, typeOf, said, problems, set } = grant;
  return (
    <>
      <Panel title="Limits on the arguments">
        <p className="dim">Every one has to be kept. Without any, the call is allowed whatever its arguments.</p>
        {proposal}
        <PartsBuilder
          one="constraint"
          forms={constraintForms}
          parts={draft.constraints}
          {...{ parameters, typeOf }}
          said={said.constraint}
          problems={problems('constraint')}
          set={(constraints) => set({ constraints })}
        />
      </Panel>
      <Panel title="What is done about an allowed call">
        <PartsBuilder
          one="obligation"
          forms={obligationForms}
          parts={draft.obligations}
          {...{ parameters, typeOf }}
          said={said.obligation}
          problems={problems('obligation')}
          set={(obligations) => set({ obligations })}
        />
      </Panel>
    </>
  );
}
