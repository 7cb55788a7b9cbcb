import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import styles from './FilterBar.module.css';

interface FilterBarProps {
  readonly label: string;
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  readonly shown: number;
  readonly total: number;
}

const settleMs = 120;

export function FilterBar({ label, filter, setFilter, shown, total }: FilterBarProps) {
  const [text, setText] = useState(filter);
  useEffect(() => {
    if (text === filter) return undefined;
    const timer = setTimeout(() => setFilter(text), settleMs);
    return () => clearTimeout(timer);
  }, [text, filter, setFilter]);
  const clear = () => {
    setText('');
    setFilter('');
  };
  return (
    <div className={styles['bar']}>
      <TextInput
        aria-label={label}
        placeholder={label}
        type="search"
        value={text}
        className={styles['input'] ?? ''}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <span role="status">
        {filter === ''
          ? `${total.toLocaleString()} in all`
          : `${shown.toLocaleString()} of ${total.toLocaleString()} match`}
      </span>
      {filter === '' ? null : (
        <Button size="compact-sm" variant="default" onClick={clear}>
          Remove filter
        </Button>
      )}
    </div>
  );
}
