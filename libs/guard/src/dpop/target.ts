const unreserved = /[\w.~-]/;

/**
 * An address as `htu` is compared (RFC 9449 section 4.3): without query and fragment, normalised as RFC 3986 sections 6.2.2 and
 * 6.2.3 say. `undefined` for what is no http address.
 */
export function targetOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.search = '';
  url.hash = '';
  return url.href.replaceAll(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return unreserved.test(character) ? character : code.toUpperCase();
  });
}
