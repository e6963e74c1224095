import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  Configuration,
} from 'openid-client';
import { asProvider } from './failure-of.ts';
import { addressOf, lineOf } from './profile-text.ts';
import { type Provider, ProviderFailed, type ProviderProfile } from './provider.ts';

export interface GitHubSettings {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface GitHubEndpoints {
  readonly issuer: string;
  readonly authorize: string;
  readonly token: string;
  readonly user: string;
  readonly emails: string;
}

const realEndpoints: GitHubEndpoints = {
  issuer: 'https://github.com/login/oauth',
  authorize: 'https://github.com/login/oauth/authorize',
  token: 'https://github.com/login/oauth/access_token',
  user: 'https://api.github.com/user',
  emails: 'https://api.github.com/user/emails',
};

const patience = 10_000;

/** GitHub speaks OAuth 2 without OpenID: who somebody is comes from its API, so there is no nonce. `endpoints`: for tests. */
export function createGitHubProvider(settings: GitHubSettings, endpoints: GitHubEndpoints = realEndpoints): Provider {
  const config = configure(settings, endpoints);
  return {
    id: 'github',
    name: 'GitHub',
    begin: ({ redirectUri, state, verifier }) =>
      asProvider(async () =>
        buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'read:user user:email',
          state,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      ),
    finish: ({ callback, state, verifier }) =>
      asProvider(async () => {
        const { access_token: token } = await authorizationCodeGrant(config, callback, {
          expectedState: state,
          pkceCodeVerifier: verifier,
        });
        const [user, emails] = await Promise.all([ask(endpoints.user, token), ask(endpoints.emails, token)]);
        return profileOf(user, emails);
      }),
  };
}

function configure({ clientId, clientSecret }: GitHubSettings, { issuer, authorize, token }: GitHubEndpoints) {
  const server = { issuer, authorization_endpoint: authorize, token_endpoint: token };
  const config = new Configuration(server, clientId, undefined, ClientSecretPost(clientSecret));
  config.timeout = patience / 1_000;
  if (issuer.startsWith('http:')) allowInsecureRequests(config);
  return config;
}

async function ask(url: string, token: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'atrium' },
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new ProviderFailed('provider-answer', { cause: new Error(`status ${response.status}`) });
  return response.json();
}

function profileOf(user: unknown, emails: unknown): ProviderProfile {
  const { id, login, name } = fieldsOf(user);
  // Names at GitHub change hands; the number does not.
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new ProviderFailed('provider-answer');
  const primary = (Array.isArray(emails) ? emails : []).map(fieldsOf).find((each) => each['primary'] === true);
  const email = addressOf(primary?.['email']);
  return {
    subject: String(id),
    label: lineOf(login, 120) ?? String(id),
    email,
    emailVerified: email !== null && primary?.['verified'] === true,
    name: lineOf(name, 80) ?? lineOf(login, 80),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
