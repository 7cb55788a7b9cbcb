import { useQuery } from '@apollo/client/react';
import { ownIssuerId } from '@portcullis/contracts';
import { VisibleText } from '../parts/VisibleText.js';
import { peopleQuery } from './agents.graphql.js';

/** A user as tokens name them: `issuer:user`. One who signs in here has a name that people know. */
export function UserName({ user }: { readonly user: string }) {
  const { data } = useQuery(peopleQuery);
  const person = data?.people.find(({ id }) => user === `${ownIssuerId}:${id}`);
  if (!person) return <VisibleText text={user} />;
  return (
    <span title={user}>
      <VisibleText text={person.name} /> <span className="dim">signed in here</span>
    </span>
  );
}
