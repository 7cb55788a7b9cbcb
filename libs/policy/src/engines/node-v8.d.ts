/** The one thing this library asks of Node itself. */
declare module 'node:v8' {
  export function setFlagsFromString(flags: string): void;
}
