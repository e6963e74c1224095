import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  fetchUserInfo,
} from 'openid-client';
import { asProvider } from './failure-of.ts';
import { addressOf, lineOf } from './profile-text.ts';
import type { Provider, ProviderId, ProviderProfile } from './provider.ts';
import { ProviderFailed } from './provider.ts';

export interface OpenIdSettings {
  readonly id: ProviderId;
  readonly name: string;
  /** https, or http on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Seconds until a provider that does not answer counts as down. */
const patience = 10;

/**
 * Any OpenID Connect issuer. Its description is read at the first sign-in and kept; a failure is not kept, so a
 * provider that was down is asked again by the next sign-in. The library checks state, nonce, issuer and signature.
 */
export function createOpenIdProvider(settings: OpenIdSettings): Provider {
  const { id, name } = settings;
  let described: Promise<Configuration> | null = null;
  const describe = () => {
    described ??= discover(settings).catch((error: unknown) => {
      described = null;
      throw error;
    });
    return described;
  };

  return {
    id,
    name,
    begin: ({ redirectUri, state, nonce, verifier }) =>
      asProvider(async () =>
        buildAuthorizationUrl(await describe(), {
          redirect_uri: redirectUri,
          scope: 'openid email profile',
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      ),
    finish: ({ callback, state, nonce, verifier }) =>
      asProvider(async () => {
        const config = await describe();
        const tokens = await authorizationCodeGrant(config, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new ProviderFailed('provider-answer');
        const hasMore = claims['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
        const more = hasMore ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {};
        return profileOf({ ...more, ...claims });
      }),
  };
}

function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  const isHere = new URL(issuer).protocol === 'http:';
  return discovery(new URL(issuer), clientId, undefined, secretBy(clientSecret), {
    timeout: patience,
    execute: isHere ? [allowInsecureRequests] : [],
  });
}

/** In the header, which every issuer must understand, unless this one says that it wants it in the body. */
function secretBy(clientSecret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = known.includes('client_secret_basic') ? basic : post;
    way(server, ...rest);
  };
}

function profileOf(claims: Readonly<Record<string, unknown>> & { readonly sub: string }): ProviderProfile {
  const email = addressOf(claims['email']);
  return {
    subject: claims.sub,
    label:
      email ?? lineOf(claims['preferred_username'], 120) ?? lineOf(claims['name'], 120) ?? claims.sub.slice(0, 120),
    email,
    emailVerified: email !== null && claims['email_verified'] === true,
    name: lineOf(claims['name'], 80) ?? lineOf(claims['preferred_username'], 80),
  };
}
