export { compileFulfilment, fulfil, type Fulfilled, type Fulfilment, type FulfilPorts } from './fulfil.js';
export type { ItemCheck } from './items.js';
export type { Labels } from './label.js';
export type { Plain, PlainObject } from './plain.js';
export { parseStrictJson, type JsonTrouble } from './strict-json.js';
