const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;
/** A segment `.` or `..`, also where a reader would decode it; `//`; what some readers take for a slash or an end. */
const deceptive = /(?:^|[/\\])(?:\.|%2e){1,2}(?=$|[/\\?#])|\/\/|\\|%(?:00|25|2f|5c)|\p{Cc}/iu;

const longest = 4096;

/**
 * Says that a text of segments, after a scheme if it has one, may lead elsewhere than it reads, or is too long to be one (4096
 * UTF-16 units). `undefined`: neither.
 */
export function climbs(text: string): string | undefined {
  if (text.length > longest) return `is longer than the ${longest} characters of a path`;
  return deceptive.test(text.replace(scheme, ''))
    ? 'holds . or .. between slashes, an empty segment, a backslash, an encoded slash or a control character'
    : undefined;
}
