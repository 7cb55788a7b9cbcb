export { axeViolations, type AxeViolation } from './axe-violations.js';
export { findBrowser, type FoundBrowser } from './find-browser.js';
export { assertDrawn, openBrowser, type OpenBrowser } from './open-browser.js';
