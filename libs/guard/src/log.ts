/** One structured line about something noteworthy; never a secret. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly what: string;
  readonly [field: string]: unknown;
}

export type Log = (line: LogLine) => void;

/** A log that cannot hurt: a host's log that throws is silent. */
export function quietly(log: Log | undefined): Log {
  return (line) => {
    try {
      log?.(line);
    } catch {
      return;
    }
  };
}
