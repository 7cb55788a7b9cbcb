await import('./fixture-child.mjs');
