import type { StopAim } from '../shell/kill-switch-opener.js';

/** The narrowest scope that fits the page the panel was opened on. */
export function aimOfPage(pathname: string): StopAim {
  const [, area, id] = pathname.split('/');
  const target = id ? decodeURIComponent(id) : '';
  if (area === 'servers') return { scope: 'server', target };
  return { scope: 'agent', target: area === 'agents' ? target : '' };
}

/** Environment and everything are armed first; the narrower scopes fire at once. */
export function needsArming(aim: StopAim): boolean {
  return aim.scope === 'environment' || aim.scope === 'everything';
}

export function isAimComplete(aim: StopAim): boolean {
  return aim.scope === 'everything' || aim.target.trim() !== '';
}
