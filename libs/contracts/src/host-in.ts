const longest = 2048;
/** Scheme, authority, rest; and no character that readers disagree about. */
const form = /^(?:([a-z][a-z0-9+.-]{0,15}):\/\/)?([^/?#@%\\\s\p{Cc}\p{Cf}]+)((?:[/?#][^\\\s\p{Cc}]*)?)$/iu;
const name = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;
const decimal = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/** The host of an URL, with its port where that is not the scheme's own. A bare host has no scheme. */
export interface FoundHost {
  readonly scheme: string | undefined;
  readonly host: string;
}

/**
 * The host that a text names: in lower case, and an international name in its ASCII form, as the URL standard has it. `undefined` for
 * whatever two readers might read differently: user information, backslashes, white space, encoded hosts, an empty label, other signs than a host has, an IPv4
 * address that is not four plain decimal numbers, and a bare host with a path.
 */
export function hostIn(text: string): FoundHost | undefined {
  const [, scheme, authority = '', rest = ''] = (text.length <= longest && form.exec(text)) || [];
  if (authority === '' || (scheme === undefined && rest !== '')) return undefined;
  const read = urlOf(`${scheme ?? 'https'}://${authority}/`);
  if (read === undefined || !isPlain(read.hostname, authority)) return undefined;
  return { scheme: scheme?.toLowerCase(), host: read.port === '' ? read.hostname : `${read.hostname}:${read.port}` };
}

function urlOf(text: string) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** What the class made of the host is what was written, but for case and the ASCII form of other scripts. */
function isPlain(hostname: string, authority: string): boolean {
  const written = authority.replace(/:\d*$/, '').toLowerCase();
  if (!name.test(hostname)) return false;
  return /^[\x21-\x7e]*$/.test(written) ? hostname === written : !decimal.test(hostname);
}
