import { PageHeading } from '../parts/PageHeading.js';

export function AgentPage() {
  return <PageHeading title="Agent" />;
}
