import { tokenWords } from '@portcullis/contracts';
import { errors, Provider, type TokenEndpointGrantContext } from 'oidc-provider';
import { personTokenTypes } from './exchange-subject.js';

type Grant<Params extends object> = (ctx: TokenEndpointGrantContext<Params>) => Promise<void> | void;
type Names = string | readonly string[] | ReadonlySet<string>;

const own = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'audience',
];

function wrongIn(params: Readonly<Record<string, unknown>>): string | undefined {
  if (params['actor_token'] !== undefined || params['actor_token_type'] !== undefined)
    return 'leave actor_token out: the authenticated client is the actor';
  if (params['audience'] !== undefined) return 'name the server by resource, not by audience';
  const wanted = params['requested_token_type'];
  if (wanted !== undefined && wanted !== tokenWords.accessToken)
    return `only ${tokenWords.accessToken} is issued; leave requested_token_type out`;
  if (typeof params['subject_token'] !== 'string' || params['subject_token'] === '') return 'subject_token is missing';
  const types = [...personTokenTypes, tokenWords.accessToken];
  return types.includes(params['subject_token_type']) ? undefined : `subject_token_type is one of ${types.join(', ')}`;
}

/**
 * Oidc-provider has no token exchange (RFC 8693). Here one is a client-credentials request that brings a subject besides its
 * client: resource, scope, DPoP proof, its replay and the signature stay the library's own code, in its own order.
 */
export class ExchangingProvider extends Provider {
  override registerGrantType<Params extends object>(
    name: string,
    grant: Grant<Params>,
    params: Names = [],
    duplicates?: Names,
  ): void {
    super.registerGrantType(name, grant, params, duplicates);
    if (name !== 'client_credentials') return;
    const known = typeof params === 'string' ? [params] : [...params];
    super.registerGrantType(tokenWords.exchangeGrant, exchangeBy(grant), [...known, ...own], duplicates);
  }
}

function exchangeBy<Params extends object>(clientCredentials: Grant<Params>): Grant<Params> {
  return async (ctx) => {
    const wrong = wrongIn(ctx.oidc.params);
    if (wrong !== undefined) throw new errors.InvalidRequest(wrong);
    await clientCredentials(ctx);
    ctx.body = { ...(ctx.body as object), issued_token_type: tokenWords.accessToken };
  };
}
