import { Button } from '@mantine/core';
import { useSearchParams } from 'react-router';

/** How far back a list that is newest first has been paged; kept in the address. Null at its newest page. */
export function usePageBefore(): number | null {
  const [search] = useSearchParams();
  return Number(search.get('before')) || null;
}

interface PagerProps {
  /** Where the page after this one begins; null when this is the last. */
  readonly older: number | null;
}

export function Pager({ older }: PagerProps) {
  const before = usePageBefore();
  const [, setSearch] = useSearchParams();
  const to = (position: number | null) => setSearch(position === null ? {} : { before: String(position) });
  return (
    <>
      {before === null ? null : (
        <Button variant="default" mt="md" mr="md" onClick={() => to(null)}>
          Newest
        </Button>
      )}
      {older === null ? null : (
        <Button variant="default" mt="md" onClick={() => to(older)}>
          Older
        </Button>
      )}
    </>
  );
}
