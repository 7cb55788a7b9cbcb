import { useEffect, useRef } from 'react';

/** Ctrl or Cmd with a key, while no dialog is open. It comes before what the browser or an editor would do with it. */
export function useKeyChord(key: string, act: (() => void) | null): void {
  const current = useRef(act);
  useEffect(() => void (current.current = act), [act]);
  const isOn = act !== null;
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key.toLowerCase() || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) current.current?.();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [key, isOn]);
}

/** How the chord is printed here. */
export function chordText(key: string): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? `⌘${key}` : `Ctrl+${key}`;
}

/** How the chord is told to assistive technology. */
export const chordKeys = (key: string) => ({ 'aria-keyshortcuts': `Control+${key} Meta+${key}` });
