/** Why something could not be read from an address: a class that may be told to a person, never what the other side said. */
export const fetchRefusals = {
  address_invalid: 'the address must be https, at most 2048 characters long, and without user, password or fragment',
  name_unresolved: 'the host name has no address',
  not_public: 'the host is not public; an operator may allow it by name with PORTCULLIS_INTERNAL_HOSTS',
  unreachable: 'the host could not be reached',
  certificate_refused: 'the certificate of the host is not trusted for this name',
  too_slow: 'the answer did not come within 2 seconds',
  redirected: 'the host answered with a redirect; give the final address',
  status_refused: 'the host did not answer with status 200',
  too_large: 'the answer is larger than 64 KiB',
  not_json: 'the answer is not JSON',
} as const;
export type FetchReason = keyof typeof fetchRefusals;

export class FetchRefusal extends Error {
  override readonly name = 'FetchRefusal';

  constructor(
    readonly reason: FetchReason,
    options?: ErrorOptions,
  ) {
    super(fetchRefusals[reason], options);
  }
}
