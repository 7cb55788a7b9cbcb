import { PageHeading } from '../parts/PageHeading.js';

export function AgentsPage() {
  return <PageHeading title="Agents" />;
}
