import { sqlTextLimit } from '@portcullis/contracts';
import { refuse } from './not-allowed.js';

const mostComments = 100;
/** PostgreSQL reads an operator anew for each of its characters. */
const longRun = /[-+*/<>=~!@#%^&|`?]{101}/;

/**
 * What can be said before parsing. The parser ends at a NUL, so that a text with one would be judged by its beginning; comments in
 * comments and very long operators cost it the square of their length.
 *
 * @throws NotAllowed
 */
export function judgeText(text: string): void {
  if (text.length > sqlTextLimit) refuse(`is longer than the ${sqlTextLimit} characters of SQL that are read`);
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) refuse('holds characters that no SQL can hold');
  if (longRun.test(text)) refuse('holds an operator or a line of signs longer than is read');
  if (text.split('/*').length > mostComments) refuse('holds more comments than are read');
  if (/\/\*[!+]/.test(text)) refuse('holds a comment that some databases obey');
  if (text.includes("\\'")) refuse("holds \\', which databases read in two ways; write '' for a quote");
}
