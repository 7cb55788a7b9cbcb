await import('./fixture-step.mjs');
