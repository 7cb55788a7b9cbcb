import { PageHeading } from '../parts/PageHeading.js';

export function ServerPage() {
  return <PageHeading title="Server" />;
}
