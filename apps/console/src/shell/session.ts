import { useQuery } from '@apollo/client/react';
import { createContext, useContext } from 'react';
import type { SessionQuery } from '../gql/graphql.js';
import { sessionQuery } from './session.graphql.js';

export type Install = SessionQuery['install'];
export type Person = NonNullable<SessionQuery['me']>;

export const PersonContext = createContext<Person | null>(null);
export const InstallContext = createContext<Install | null>(null);

export function useSession() {
  return useQuery(sessionQuery, { fetchPolicy: 'cache-first' });
}

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('nobody is signed in here');
  return person;
}

export function useInstall(): Install {
  const install = useContext(InstallContext);
  if (!install) throw new Error('the install is not known here');
  return install;
}
