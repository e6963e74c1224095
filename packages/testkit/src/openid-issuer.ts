import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';

/** Somebody with an account at the issuer. */
export interface IssuerAccount {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** A real OpenID Connect provider on this machine, at which whoever comes signs in without being asked. */
export interface OpenIdIssuer extends AsyncDisposable {
  /** Its issuer, without a trailing slash. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As whom the next browser without a session there signs in. Null: it declines. */
  account: IssuerAccount | null;
}

/** Keeps everything in memory. Lets the browser go back to any path that ends in `/auth/oidc/callback` on this machine. */
export async function startOpenIdIssuer(): Promise<OpenIdIssuer> {
  const [clientId, clientSecret] = ['atrium', randomUUID()];
  const accounts = new Map<string, IssuerAccount>();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = await createProvider(url, { clientId, clientSecret, accounts });
  const issuer: OpenIdIssuer = {
    ...{ url, clientId, clientSecret },
    account: { sub: 'ada' },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const answer = provider.callback();
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res);
    const { account } = issuer;
    if (account) accounts.set(account.sub, account);
    const result = account ? { login: { accountId: account.sub } } : { error: 'access_denied' };
    return void provider.interactionFinished(req, res, result);
  });
  return issuer;
}

interface Insides {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accounts: ReadonlyMap<string, IssuerAccount>;
}

async function createProvider(url: string, { clientId, clientSecret, accounts }: Insides): Promise<Provider> {
  // Loaded by those who need it alone: it is large, and has much to say while it loads.
  const { Provider: Issuer } = await import('oidc-provider');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Issuer(url, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: ['http://localhost/auth/oidc/callback'] },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { Session: 3_600, Grant: 3_600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: () => ({ ...account }) };
    },
    // Whoever signs in agrees to everything.
    async loadExistingGrant({ oidc }) {
      const { accountId } = oidc.session ?? {};
      if (accountId === undefined || !oidc.client) return undefined;
      const grant = new provider.Grant({ accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  // The port of the server under test is not known yet.
  provider.Client.prototype.redirectUriAllowed = (uri: string) =>
    /^http:\/\/(localhost|127\.0\.0\.1):\d+\/auth\/oidc\/callback$/.test(uri);
  return provider;
}
