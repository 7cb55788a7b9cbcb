import { byExpression, type Finder, type Finding } from './finding.js';

/** Formats that nothing but a secret has. */
const formats: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, // AWS access key ids
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,255}/g, // GitHub
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}/g,
  /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt)-[\w-]{20,255}/g, // GitLab
  /(?<![A-Za-z0-9])xox[abeoprs]-[\w-]{10,255}/g, // Slack
  /(?<![A-Za-z0-9])(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,255}/g, // Stripe
  /(?<![A-Za-z0-9])sk-[A-Za-z0-9][\w-]{19,255}/g,
  /(?<![A-Za-z0-9])AIza[\w-]{35}/g, // Google
  /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|dop_v1_[0-9a-f]{64}|hvs\.[\w-]{24,255})/g, // npm, DigitalOcean, Vault
  /(?<=\b(?:aws_secret_access_key|secretaccesskey)["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  /(?<=\b(?:bearer|basic)\s{1,8})(?=\S{0,200}\d)[A-Za-z0-9._~+/-]{16,8192}=*/gi,
  /(?<=\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/:@]{0,64}:)[^\s/@]{1,128}(?=@)/gi, // the password of an URL
];
const byFormat = formats.map((format) => byExpression('secret', format));

/** Keys, tokens and passwords in formats that are certain. A password without a form of its own is not recognised. */
export const secrets: Finder = function* (text) {
  for (const find of byFormat) yield* find(text);
  yield* privateKeys(text);
  yield* signedTokens(text);
};

/** PEM private keys, to their end or, where that is cut off, to the end of the text. */
function* privateKeys(text: string): Iterable<Finding> {
  let past = 0;
  for (const { index } of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g)) {
    if (index < past) continue;
    const end = /-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;
    end.lastIndex = index;
    past = end.test(text) ? end.lastIndex : text.length;
    yield { from: index, to: past, what: 'secret' };
  }
}

const part = /^[A-Za-z0-9_-]{8,}$/;

/** JWTs, signed or encrypted: at least two parts in base64url with a dot between, the first of which is an object. */
function* signedTokens(text: string): Iterable<Finding> {
  for (const run of text.matchAll(/[\w.-]{20,}/g)) {
    const at = run[0].indexOf('eyJ');
    if (at < 0) continue;
    const [header = '', claims = ''] = run[0].slice(at).split('.', 2);
    if (part.test(header) && part.test(claims))
      yield { from: run.index + at, to: run.index + run[0].length, what: 'secret' };
  }
}
