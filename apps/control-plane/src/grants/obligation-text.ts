import { obligationSchema, type Obligation, type ObligationOf, type Redactable } from '@portcullis/contracts';
import { constraintText } from './constraint-text.js';
import { bytesText, listText } from './constraint-words.js';

/** An obligation in words. One of a later version is shown as it stands. */
export function obligationText(stored: unknown): string {
  const parsed = obligationSchema.safeParse(stored);
  return parsed.success ? textOf(parsed.data) : JSON.stringify(stored);
}

function textOf(obligation: Obligation): string {
  switch (obligation.kind) {
    case 'fields':
      return obligation.keep
        ? `only ${listText(obligation.keep, 'and')}`
        : `without ${listText(obligation.drop ?? [], 'and')}`;
    case 'items':
      return `items of ${obligation.path} where ${allOf(obligation.where)}`;
    case 'redact':
      return redactText(obligation);
    case 'size':
      return `at most ${bytesText(obligation.maxBytes)}`;
    case 'label':
      return `labelled ${[obligation.trust, obligation.secrecy].filter((one) => one !== undefined).join(', ')}`;
    case 'audit':
      return obligation.level === 'full' ? 'recorded in full' : 'recorded by hashes only';
    case 'quota':
      return quotaText(obligation);
    case 'approval':
      return approvalText(obligation);
  }
}

const allOf = (limits: readonly unknown[]) => listText(limits.map(constraintText), 'and');

const redactables: Readonly<Record<Redactable, string>> = {
  email: 'e-mail addresses',
  card: 'card numbers',
  iban: 'IBANs',
  ssn: 'social security numbers',
  phone: 'phone numbers',
  secret: 'secrets',
};

function redactText({ what = [], patterns = [] }: ObligationOf<'redact'>): string {
  const named = [...what.map((one) => redactables[one]), ...patterns.map((pattern) => `what matches ${pattern}`)];
  return `${listText(named, 'and')} blacked out`;
}

function quotaText({ calls, amount, window, per }: ObligationOf<'quota'>): string {
  const time = window === 'hour' ? 'an hour' : `a ${window}`;
  const limit = amount
    ? `${amount.path} at most ${amount.max}`
    : `at most ${calls ?? 0} ${calls === 1 ? 'call' : 'calls'}`;
  return `${limit} ${time} per ${per}`;
}

function approvalText({ group, unless = [] }: ObligationOf<'approval'>): string {
  return unless.length === 0 ? `approval of ${group}` : `approval of ${group} unless ${allOf(unless)}`;
}
