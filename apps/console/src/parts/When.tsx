import { useEffect, useState } from 'react';

const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const ahead = seconds < 0;
  const span = spanText(Math.abs(seconds));
  if (span === null) return 'just now';
  return ahead ? `in ${span}` : `${span} ago`;
}

export function clockTime(at: number): string {
  return clock.format(at);
}

export function exactTime(at: number): string {
  return exact.format(at);
}

/** A moment, relative, with the exact time on hover and on focus. */
export function When({ at, as = 'relative' }: { readonly at: number; readonly as?: 'relative' | 'clock' }) {
  const now = useNow(as === 'relative');
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {as === 'clock' ? clockTime(at) : relativeTime(at, now)}
    </time>
  );
}

/** The wall clock, once a second. */
export function useNow(isTicking = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

function spanText(seconds: number): string | null {
  if (seconds < 2) return null;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
