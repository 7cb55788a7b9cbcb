import { Button } from '@mantine/core';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { PageHeading } from '../parts/PageHeading.js';
import { Notice } from '../parts/Notice.js';

/** What a page shows when drawing it failed. Header, navigation and kill switch stay. */
export function RouteProblem() {
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <>
      <PageHeading title={isMissing ? 'There is no such page' : 'This page failed'} />
      <Notice
        kind={isMissing ? 'off' : 'bad'}
        title={isMissing ? 'Nothing is at this address' : 'This page could not be drawn'}
        isAlert
      >
        <p>
          {isMissing
            ? 'The address may be misspelt.'
            : 'Nothing was changed by it. The other pages and the kill switch go on working.'}
        </p>
        <p>
          <Button variant="default" onClick={() => location.reload()}>
            Load again
          </Button>
        </p>
      </Notice>
    </>
  );
}
