import { destination, pino, type Logger } from 'pino';

export type Log = Logger;

const secretFields = [
  'secret',
  'password',
  'token',
  'joinToken',
  'ticket',
  'authorization',
  'cookie',
  'privateKey',
  'client_secret',
];

/** One JSON object a line on stdout. Fields that may hold a secret are removed at the first and second level. */
export function openLog(process: string, level: string): Log {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`]);
  return pino(
    {
      base: { process },
      level,
      redact: { paths: [...paths, 'req.headers.authorization', 'req.headers.cookie'], remove: true },
    },
    destination(1),
  );
}
