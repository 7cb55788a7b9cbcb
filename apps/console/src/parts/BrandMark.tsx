import styles from './BrandMark.module.css';

export function BrandMark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d="M2 2h12v2H2zM3 4h1.5v8L3.75 14 3 12zM6 4h1.5v8L6.75 14 6 12zM8.5 4H10v8l-.75 2-.75-2zM11.5 4H13v8l-.75 2-.75-2zM2 6.5h12V8H2zM2 9.5h12V11H2z" />
    </svg>
  );
}
