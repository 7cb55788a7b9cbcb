import { useMutation } from '@apollo/client/react';
import { useCallback, useEffect, useRef } from 'react';
import type { StopTicketHeld } from './lane-way.js';
import { issueStopTicketMutation } from '../shell/stop-ticket.graphql.js';

const renewAfterMs = 3_600_000;

/**
 * Holds a stop ticket in memory, fetched when the console opens and renewed when the panel does: when the moment comes, the
 * kill lane can be reached even though the API no longer answers.
 */
export function useStopTicket(mayEngage: boolean) {
  const [issue] = useMutation(issueStopTicketMutation, { fetchPolicy: 'no-cache' });
  const held = useRef<StopTicketHeld | null>(null);
  const fetchedAt = useRef(0);
  const renew = useCallback(async () => {
    if (!mayEngage || (held.current && Date.now() - fetchedAt.current < renewAfterMs)) return;
    const answer = await issue().catch(() => null);
    if (!answer?.data) return;
    const { ticket, url, expiresAt } = answer.data.issueStopTicket;
    held.current = { ticket, url, expiresAt };
    fetchedAt.current = Date.now();
  }, [issue, mayEngage]);
  useEffect(() => {
    void renew();
  }, [renew]);
  return { held, renew };
}
