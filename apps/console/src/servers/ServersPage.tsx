import { PageHeading } from '../parts/PageHeading.js';

export function ServersPage() {
  return <PageHeading title="Servers" />;
}
