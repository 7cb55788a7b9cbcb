import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';

interface LastUsedProps {
  readonly credential: {
    readonly lastUsedAt: number | null;
    readonly lastUsedFrom: string | null;
    readonly lastUsedServer: string | null;
  };
}

/** When a credential last got a token, from which address, and for which server. */
export function LastUsed({ credential: { lastUsedAt, lastUsedFrom, lastUsedServer } }: LastUsedProps) {
  if (lastUsedAt === null) return <span className="live">never</span>;
  return (
    <span className="live">
      <When at={lastUsedAt} />
      {lastUsedFrom === null ? null : (
        <>
          {' '}
          from <VisibleText text={lastUsedFrom} />
        </>
      )}
      {lastUsedServer === null ? null : (
        <>
          {' '}
          for <VisibleText text={lastUsedServer} />
        </>
      )}
    </span>
  );
}
