import { type Database, listIdentities } from '@atrium/db';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { consumeNetwork } from '../limit/consume.ts';
import type { LimitBook } from '../limit/limit-book.ts';
import type { SignInLimits } from '../limit/sign-in-limits.ts';
import type { SecretBox } from '../seal/secret-box.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { type Handshake, newHandshake, openHandshake, openTicket, sealed } from './handshake.ts';
import { AddressTaken, createLinkedAccounts, type ProvenProfile } from './linked-accounts.ts';
import { type Provider, ProviderFailed, type ProviderId } from './provider.ts';
import { ProviderProblem } from './provider-problem.ts';
import { returnPath } from './return-path.ts';
import { SpentStates } from './spent-states.ts';

export interface ProviderOption {
  readonly id: ProviderId;
  readonly name: string;
}

export interface OwnIdentity {
  readonly provider: ProviderId;
  readonly name: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface BegunHandshake {
  /** Where the browser goes now. */
  readonly url: URL;
  /** For the browser's short-lived cookie: sealed. */
  readonly cookie: string;
}

export interface BeginRequest {
  readonly provider: ProviderId;
  readonly next: string | null;
  /** From `ticket`; null: to sign in. */
  readonly ticket: string | null;
  readonly redirectUri: string;
  readonly device: Device;
}

export interface FinishRequest {
  readonly provider: ProviderId;
  readonly callback: URL;
  readonly cookie: string | null;
  /** Who is signed in in this browser now. */
  readonly identity: Identity | null;
  readonly device: Device;
}

/** `started` is null when an identity was linked: whoever is signed in stays it. */
export interface Finished {
  readonly started: StartedSession | null;
  /** True when the account was made by this. */
  readonly isNew: boolean;
  readonly next: string;
}

/** Signing in with accounts elsewhere. */
export interface Providers {
  readonly options: readonly ProviderOption[];
  /** Throws `ProviderProblem`, `ProviderFailed`, `TooManyAttempts`. */
  begin(request: BeginRequest): Promise<BegunHandshake>;
  /** Throws `ProviderProblem`, `ProviderFailed`, `TooManyAttempts`. */
  finish(request: FinishRequest): Promise<Finished>;
  /** Where a failed hand-shake goes back to when it was for linking; null: to the sign-in page. */
  linkPage(cookie: string | null): string | null;
  /** Path with a query that begins to link an identity to whoever is signed in; good for a minute and this session alone. */
  ticketPath(identity: Identity, wish: { provider: ProviderId; next: string | undefined }): string;
  list(identity: Identity): Promise<readonly OwnIdentity[]>;
  /** False when there is none of this provider. Throws `LastCredential`. */
  unlink(identity: Identity, provider: ProviderId, device: Device): Promise<boolean>;
}

export interface ProvidersOptions {
  readonly db: Database;
  readonly box: SecretBox;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly book: LimitBook;
  readonly audit: AuditTrail;
  readonly providers: readonly Provider[];
}

export function createProviders({ db, box, sessions, limits, book, audit, providers }: ProvidersOptions): Providers {
  const accounts = createLinkedAccounts(db);
  const spent = new SpentStates();
  const pace = createPace(book);
  const byId = new Map<string, Provider>(providers.map((provider) => [provider.id, provider]));
  const configured = new Set(byId.keys());

  return {
    options: providers.map(({ id, name }) => ({ id, name })),

    async begin({ provider: id, next, ticket, redirectUri, device }) {
      await pace(device.address);
      const now = Date.now();
      const wish = ticket === null ? null : openTicket(box, ticket, now);
      if (ticket !== null && wish?.provider !== id) throw new ProviderProblem('handshake');
      const handshake = newHandshake(
        {
          provider: id,
          next: wish?.next ?? returnPath(next, '/rooms'),
          link: wish && { userId: wish.userId, publicId: wish.publicId },
        },
        now,
      );
      const url = await required(byId, id).begin({ ...handshake, redirectUri });
      return { url, cookie: sealed(box, handshake) };
    },

    async finish({ provider: id, callback, cookie, identity, device }) {
      await pace(device.address);
      const handshake = cookie === null ? null : openHandshake(box, cookie, Date.now());
      if (!handshake || !isOurs(handshake, { id, callback, identity })) throw new ProviderProblem('handshake');
      if (!spent.spend(handshake.state, Date.now())) throw new ProviderProblem('handshake');
      const profile = await required(byId, id).finish({ ...handshake, callback });
      const proven = { ...profile, provider: id };
      const { link, next } = handshake;
      if (link === null) return { ...(await signIn(proven, device)), next };
      if (await accounts.link(link.userId, proven)) {
        await audit.record({ action: 'identity-linked', userId: link.userId, device, detail: { provider: id } });
      }
      return { started: null, isNew: false, next };
    },

    linkPage(cookie) {
      const handshake = cookie === null ? null : openHandshake(box, cookie, Date.now());
      return handshake?.link ? handshake.next : null;
    },

    ticketPath({ user, session }, { provider, next }) {
      const wish = {
        provider,
        next: returnPath(next, '/settings/sign-in'),
        userId: user.id,
        publicId: session.publicId,
      };
      const ticket = sealed(box, { ...wish, kind: 'link', at: Date.now() });
      return `/auth/${provider}?link=${ticket}`;
    },

    async list({ user }) {
      const rows = await db.withScope({ user: user.id }, (tx) => listIdentities(tx, user.id));
      return rows.map(({ provider, label, createdAt, lastUsedAt }) => ({
        ...{ provider, label, createdAt, lastUsedAt },
        name: byId.get(provider)?.name ?? provider,
      }));
    },

    async unlink({ user }, provider, device) {
      const isGone = await accounts.unlink(user.id, provider, configured);
      if (isGone) await audit.record({ action: 'identity-unlinked', userId: user.id, device, detail: { provider } });
      return isGone;
    },
  };

  async function signIn(profile: ProvenProfile, device: Device): Promise<Omit<Finished, 'next'>> {
    const { id: userId, isNew } = await userOf(profile, device);
    const started = await sessions.start(userId, device, { factors: ['provider'] });
    const detail = { provider: profile.provider };
    await audit.record({ action: isNew ? 'registered' : 'signed-in', userId, device, detail });
    return { started, isNew };
  }

  async function userOf(profile: ProvenProfile, device: Device): Promise<{ id: string; isNew: boolean }> {
    const known = await accounts.find(profile);
    if (known) return { id: known.id, isNew: false };
    await limits.arrival(device.address);
    const created = await accounts.create(profile).catch(async (error: unknown) => {
      if (error instanceof AddressTaken) await tellOwner(error.ownerId, profile, device);
      throw error;
    });
    if (created !== null) return { id: created, isNew: true };
    // Somebody was faster: the same person in another tab, or another account that confirmed the address just now.
    const faster = await accounts.find(profile);
    if (!faster) throw new ProviderProblem('address-taken');
    return { id: faster.id, isNew: false };
  }

  function tellOwner(ownerId: string, { provider }: ProvenProfile, device: Device): Promise<void> {
    const detail = { provider };
    return audit.record({ action: 'signed-in', userId: ownerId, actorId: null, result: 'refused', device, detail });
  }
}

/** The browser that began it, at the provider that it was begun with, and, to link, the session that wished it. */
function isOurs(
  handshake: Handshake,
  { id, callback, identity }: { id: ProviderId; callback: URL; identity: Identity | null },
): boolean {
  const { provider, state, link } = handshake;
  if (provider !== id || callback.searchParams.get('state') !== state) return false;
  return link === null || (identity?.user.id === link.userId && identity.session.publicId === link.publicId);
}

function required(providers: ReadonlyMap<string, Provider>, id: ProviderId): Provider {
  const provider = providers.get(id);
  if (!provider) throw new ProviderFailed('provider-down', { cause: new Error(`${id} is not configured`) });
  return provider;
}

/** Each hand-shake costs a request to the provider: 120 steps in 15 minutes and a network, from this machine 100 times as many. */
function createPace(book: LimitBook): (address: string) => Promise<void> {
  const limiter = book.limiter({
    ...{ name: 'provider.network', points: 12_000, duration: 15 * 60 },
    words: 'Steps of signing in elsewhere from one network; a hundred points each',
  });
  return (address) => consumeNetwork(limiter, address);
}
