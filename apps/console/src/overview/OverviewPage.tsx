import { PageHeading } from '../parts/PageHeading.js';

export function OverviewPage() {
  return <PageHeading title="Overview" />;
}
