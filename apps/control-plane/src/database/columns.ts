import type { ColumnOptions } from 'typeorm';

/** A moment, set by the database when the row is written. */
export const stampedNow = { type: 'timestamptz', default: () => 'now()' } as const satisfies ColumnOptions;
export const moment = { type: 'timestamptz' } as const satisfies ColumnOptions;
export const momentOrNull = { type: 'timestamptz', nullable: true } as const satisfies ColumnOptions;
export const text = { type: 'text' } as const satisfies ColumnOptions;
export const textOrNull = { type: 'text', nullable: true } as const satisfies ColumnOptions;
