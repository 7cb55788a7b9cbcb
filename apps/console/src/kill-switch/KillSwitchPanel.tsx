import { useApolloClient } from '@apollo/client/react';
import { useState, type RefObject } from 'react';
import { useMay } from '../parts/permissions.js';
import { Notice } from '../parts/Notice.js';
import { StopElsewhere } from '../shell/StopElsewhere.js';
import { useInstall } from '../shell/session.js';
import type { StopAim } from '../shell/kill-switch-opener.js';
import { apiWay } from './api-way.js';
import { engage, type Accepted, type NotStopped, type Press } from './engage.js';
import { newId } from '../parts/new-id.js';
import { Fired } from './Fired.js';
import { laneWay, type StopTicketHeld } from './lane-way.js';
import { NotStoppedNote } from './NotStoppedNote.js';
import { StopForm } from './StopForm.js';

interface KillSwitchPanelProps {
  readonly opened: { readonly aim: StopAim; readonly time: number };
  readonly held: RefObject<StopTicketHeld | null>;
  readonly close: () => void;
}

interface Fire {
  readonly press: Press;
  readonly aim: StopAim;
  readonly inFlight: number | null;
  readonly outcome: Accepted | NotStopped | null;
}

export function KillSwitchPanel({ opened, held, close }: KillSwitchPanelProps) {
  const client = useApolloClient();
  const may = useMay('kill:engage');
  const { stopUrl } = useInstall();
  const [fire, setFire] = useState<Fire | null>(null);
  if (!may) {
    return (
      <Notice kind="off" title="You may not engage a kill switch">
        <p>
          Needs the permission kill:engage. Ask an administrator who has it, or use the stop page with your own stop
          ticket.
        </p>
        <StopElsewhere stopUrl={stopUrl} aim={opened.aim} />
      </Notice>
    );
  }
  const send = async (next: Omit<Fire, 'outcome'>) => {
    setFire({ ...next, outcome: null });
    const outcome = await engage(next.press, [laneWay(held.current), apiWay(client)]);
    setFire({ ...next, outcome });
    if (outcome.kind === 'accepted') await client.refetchQueries({ include: ['Standing'] });
  };
  const outcome = fire?.outcome;
  if (fire && outcome?.kind === 'accepted')
    return <Fired aim={fire.aim} accepted={outcome} inFlight={fire.inFlight} close={close} />;
  if (fire && outcome?.kind === 'not-stopped') {
    const retry = () => void send({ press: fire.press, aim: fire.aim, inFlight: fire.inFlight });
    return <NotStoppedNote aim={fire.aim} attempts={outcome.attempts} stopUrl={stopUrl} retry={retry} />;
  }
  return (
    <StopForm
      opened={fire ? { ...opened, aim: fire.aim } : opened}
      isSending={fire !== null}
      close={close}
      whenConfirmed={({ aim, reason, inFlight }) =>
        void send({
          press: { engagement: newId(), scope: aim.scope, target: aim.target.trim(), reason },
          aim,
          inFlight,
        })
      }
    />
  );
}
