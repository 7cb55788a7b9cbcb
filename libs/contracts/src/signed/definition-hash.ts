import { createHash } from 'node:crypto';
import { definitionText, type ToolDefinition } from '../definition.js';

/**
 * What a tool's definition is accepted by: base64url SHA-256 of `definitionText`. `undefined` when the definition is no JSON, or
 * is nested too deep: nobody can accept it.
 */
export function definitionHash(definition: ToolDefinition): string | undefined {
  try {
    return createHash('sha256').update(definitionText(definition)).digest('base64url');
  } catch {
    return undefined;
  }
}
