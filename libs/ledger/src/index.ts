export { chainBatch, firstPrevious, verifyBatch, type ChainedBatch } from './chain-batch.js';
