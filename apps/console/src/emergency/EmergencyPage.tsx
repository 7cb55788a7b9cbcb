import { PageHeading } from '../parts/PageHeading.js';

export function EmergencyPage() {
  return <PageHeading title="Emergency" />;
}
