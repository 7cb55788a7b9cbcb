import type { LoggerService } from '@nestjs/common';
import type { Log } from '../platform/log.js';

/** Nest's own messages in our log: its start-up chatter at debug, the rest as it is meant. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...context: unknown[]): void {
    this.target.debug({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.target.error(
      { err: message instanceof Error ? message : undefined, context: context.at(-1) },
      String(message),
    );
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.target.warn({ context: context.at(-1) }, String(message));
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.target.debug({ context: context.at(-1) }, String(message));
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.target.trace({ context: context.at(-1) }, String(message));
  }
}
