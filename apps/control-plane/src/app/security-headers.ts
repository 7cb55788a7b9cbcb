import type { Config } from '../platform/config.js';
import type { Step } from './step.js';

/** Inline styles are Mantine's; scripts come from our own files only. */
export function securityHeaders(config: Pick<Config, 'publicUrl' | 'stopUrl'>): Step {
  const socket = config.publicUrl.replace(/^http/, 'ws');
  const lane = new URL(config.stopUrl).origin;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${socket} ${lane}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action 'self' ${lane}`,
    "frame-ancestors 'none'",
  ].join('; ');
  return (_request, response, next) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    if (config.publicUrl.startsWith('https:')) response.setHeader('strict-transport-security', 'max-age=31536000');
    next();
  };
}
