import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { peopleQuery } from './agents.graphql.js';

interface OwnerFieldProps {
  readonly owner: string | null;
  readonly setOwner: (owner: string | null) => void;
}

/** The person who answers for an agent. */
export function OwnerField({ owner, setOwner }: OwnerFieldProps) {
  const { data, error } = useQuery(peopleQuery, { fetchPolicy: 'cache-and-network' });
  const owners = data?.people.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? [];
  return (
    <>
      {error ? <ProblemNote error={error} trying="The people could not be loaded" /> : null}
      <Select
        label="Owner"
        description="The person who answers for it"
        data={owners}
        value={owner}
        onChange={setOwner}
        allowDeselect={false}
      />
    </>
  );
}
