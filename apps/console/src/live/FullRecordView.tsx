import type { OpenFullRecordMutation } from '../gql/graphql.js';
import { Facts } from '../parts/Facts.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { RecordedSide } from './RecordedSide.js';

type Opened = OpenFullRecordMutation['openFullRecord']['record'];

const newest = 5;

interface FullRecordViewProps {
  readonly record: Opened;
  readonly withheld: string | null;
}

export function FullRecordView({ record, withheld }: FullRecordViewProps) {
  const absent = 'Not here: its guard has not sent it, or it is older than 30 days.';
  return (
    <>
      <Facts
        facts={[
          ['Decision', <code key="id">{record.decision}</code>],
          ['Read by', <Readings key="readings" readings={record.readings} />],
        ]}
      />
      <RecordedSide title="Arguments" decision={record.decision} side={record.arguments} absent={absent} />
      <RecordedSide
        title="Result that left"
        decision={record.decision}
        side={record.result}
        absent={withheld === null ? absent : `Nothing of it is kept where nothing left: ${withheld}.`}
      />
    </>
  );
}

function Readings({ readings }: { readonly readings: Opened['readings'] }) {
  return (
    <ul>
      {readings.slice(0, newest).map(({ person, name, isByToken, at }, index) => (
        <li key={index}>
          <VisibleText text={name ?? person} />
          {isByToken ? ', with an API token' : ''}, <When at={at} />
        </li>
      ))}
      {readings.length > newest ? <li>{readings.length - newest} readings before that</li> : null}
    </ul>
  );
}
