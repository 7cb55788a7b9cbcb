import type { IdentityForm } from '@portcullis/contracts';

/** Whether a text is one of those known, in its form: taken apart letter by letter, and compared in clear. */
export function isNaivelyKnown(as: IdentityForm, text: string, known: readonly string[]): boolean {
  const wanted = text === withoutControls(text) ? plain[as](text.normalize('NFC')) : null;
  return wanted !== null && known.some((one) => plain[as](one.normalize('NFC').trim()) === wanted);
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const only = (text: string, allowed: string) => text !== '' && [...text].every((sign) => allowed.includes(sign));
const without = (text: string, signs: string) => [...text].filter((sign) => !signs.includes(sign)).join('');
const withoutControls = (text: string) =>
  [...text].filter((sign) => sign >= ' ' && !(sign >= '\x7f' && sign <= '\x9f')).join('');

/** How each form is written plainly; `null`: it is not of that form. */
const plain: Readonly<Record<IdentityForm, (text: string) => string | null>> = {
  text: (text) => (text.trim() === '' ? null : text.trim()),
  account: (text) => {
    const all = without(text, ' ').toLowerCase();
    const [first = ''] = all;
    const isOne = only(all, `${letters}${digits}-/`) && !'-/'.includes(first) && all.length > 1 && all.length < 65;
    return isOne ? all : null;
  },
  phone: (text) => {
    const [first = '', ...rest] = text;
    if (!only(first, `${digits}+(`) || (rest.length > 0 && !only(rest.join(''), `${digits}(). -`))) return null;
    const number = without(text, '(). -');
    const [sign, all] = number.startsWith('00') ? ['+', number.slice(2)] : ['', number];
    const count = without(all, '+').length;
    return count > 5 && count < 16 && number !== '+' ? sign + all : null;
  },
  email: (text) => {
    const [local = '', domain, ...more] = text.split('@');
    if (domain === undefined || more.length > 0 || local === '' || local !== without(local, ' "(),:;<>[]\\'))
      return null;
    const host = hostOf(domain);
    return host === null || host.includes(':') ? null : `${local}@${host}`;
  },
  url: (text) => {
    const [before = ''] = text.split('#');
    const [scheme = '', rest] = before.includes('://') ? before.split('://') : ['https', before];
    const cut = [...(rest ?? '')].findIndex((sign) => '/?'.includes(sign));
    const authority = cut < 0 ? (rest ?? '') : (rest ?? '').slice(0, cut);
    const path = cut < 0 ? '' : (rest ?? '').slice(cut);
    const host = hostOf(authority);
    const isBareWithMore = !text.includes('://') && (path !== '' || text.includes('#'));
    if (host === null || isBareWithMore || !['https', 'http'].includes(scheme.toLowerCase())) return null;
    if ((path.split('?')[0] ?? '').split('/').some((part) => part === '.' || part === '..')) return null;
    if (/[\s\\]/.test(text)) return null;
    const ownPort = scheme.toLowerCase() === 'https' ? ':443' : ':80';
    const bare = host.endsWith(ownPort) ? host.slice(0, -ownPort.length) : host;
    return `${scheme.toLowerCase()}://${bare}${path.startsWith('/') ? path : `/${path}`}`;
  },
};

/** ASCII names alone: the invented values have no others. */
function hostOf(text: string): string | null {
  const lower = text.toLowerCase();
  const [name = '', port, ...more] = lower.split(':');
  const isNamed = name.split('.').every((label) => only(label, `${letters}${digits}-_`));
  const isNumbered = only(without(name, '.'), digits);
  const isAddress =
    name.split('.').length === 4 && name.split('.').every((one) => Number(one) < 256 && String(Number(one)) === one);
  if (!isNamed || more.length > 0 || (isNumbered && !isAddress)) return null;
  return port === undefined || only(port, digits) ? lower : null;
}
