import styles from './EnvironmentChip.module.css';
import { VisibleText } from './VisibleText.js';

/** An environment by word and by the pattern of its edge: prod solid and thick, staging dashed, any other dotted. */
export function EnvironmentChip({ environment }: { readonly environment: string }) {
  const pattern = environment === 'prod' || environment === 'staging' ? environment : 'other';
  return (
    <span className={styles['chip']} data-pattern={pattern}>
      <VisibleText text={environment} />
    </span>
  );
}
