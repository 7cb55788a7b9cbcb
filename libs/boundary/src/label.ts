import { secrecyLabels, type Obligation, type ObligationOf } from '@portcullis/contracts';

/** What is said of an answer's data: whether its writer may be believed, and who may read it. */
export type Labels = Readonly<Partial<Pick<ObligationOf<'label'>, 'trust' | 'secrecy'>>>;

/** The labels a grant gives to an answer: of several the most careful. `undefined` when it gives none. */
export function labelsOf(obligations: readonly Obligation[]): Labels | undefined {
  const given = obligations.filter((one) => one.kind === 'label');
  if (given.length === 0) return undefined;
  const trusts = given.flatMap(({ trust }) => trust ?? []);
  const secrecies = given.flatMap(({ secrecy }) => secrecy ?? []);
  const trust = trusts.includes('untrusted') ? 'untrusted' : trusts[0];
  const secrecy = secrecyLabels.findLast((label) => secrecies.includes(label));
  return { ...(trust ? { trust } : {}), ...(secrecy ? { secrecy } : {}) };
}
