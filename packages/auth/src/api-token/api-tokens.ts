import {
  type ApiToken,
  type Database,
  deleteApiToken,
  findApiTokenWithUser,
  insertApiToken,
  listApiTokens,
  type OwnApiToken,
  rotateRefreshToken,
  type Scope,
  touchApiToken,
  type User,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SecretBox } from '../seal/secret-box.ts';
import { addressPrefix } from '../network/network.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { hashToken } from '../session/token.ts';
import { type AccessClaims, createAccessTokens, type RefusedToken } from './access-token.ts';
import { firstRefreshToken, isRefreshTokenOfOurs, nextRefreshToken, readRefreshToken } from './refresh-token.ts';
import { createSigningKeys } from './signing-keys.ts';

export interface NewToken {
  readonly name: string;
  readonly permissions: readonly string[];
  /** Milliseconds until it ends for good, however often it is refreshed. */
  readonly lifetime: number;
}

/** What a program signs in with; shown once and held nowhere else. */
export interface IssuedToken {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: Date;
  readonly expiresAt: Date;
}

/** Tokens for programs. The row says whether a token lives; access tokens only name it, and are worth nothing without it. */
export interface ApiTokens {
  /** Throws `TooManyApiTokens`. */
  create(identity: Identity, token: NewToken, device: Device): Promise<IssuedToken>;
  list(identity: Identity): Promise<readonly OwnApiToken[]>;
  /** False when this person has no such token. */
  revoke(identity: Identity, id: string, device: Device): Promise<boolean>;
  /** Another pair in the place of this one; null when it is no refresh token that is good now. One used twice ends all. */
  refresh(refreshToken: string, device: Device): Promise<IssuedToken | null>;
  /** On whose behalf a program calls with this access token, as the row says it now. Counts as use. */
  resume(accessToken: string, device: Device): Promise<Identity | RefusedToken>;
  /** Notes that this program is still there: a socket outlives the access token that opened it. */
  touch(identity: Identity, device: Device): Promise<void>;
  /** A new key signs from now on. */
  rotateSigningKey(): Promise<void>;
}

export interface ApiTokenOptions {
  readonly db: Database;
  readonly box: SecretBox;
  readonly audit: AuditTrail;
  /** Origin of the server. */
  readonly issuer: string;
  /** Milliseconds since 1970; default: the clock. */
  readonly now?: () => number;
}

/** Milliseconds. */
const accessLifetime = 10 * 60_000;
const touchEvery = 60_000;

const door: Scope = { system: 'api-token' };

export function createApiTokens({ db, box, audit, issuer, now = Date.now }: ApiTokenOptions): ApiTokens {
  const keys = createSigningKeys({ db, box, now });
  const access = createAccessTokens({ keys, issuer, now });

  /** The access token is of the row's last refresh. */
  async function issue(
    row: Omit<ApiToken, 'lastUsedAt' | 'lastIpPrefix' | 'previousRefreshHash'>,
    refreshToken: string,
  ) {
    const { id, userId, name, permissions, refreshedAt: generation, expiresAt } = row;
    const accessExpiresAt = new Date(Math.min(now() + accessLifetime, expiresAt.getTime()));
    const claims = { tokenId: id, userId, permissions, generation, expiresAt: accessExpiresAt };
    const accessToken = await access.sign(claims);
    return { id, name, permissions, accessToken, refreshToken, accessExpiresAt, expiresAt };
  }

  async function endReused({ id, userId, name }: ApiToken, device: Device): Promise<void> {
    const isEnded = await db.withScope(door, (tx) => deleteApiToken(tx, id, 'theft'));
    if (isEnded) {
      await audit.record({ action: 'api-token-reused', userId, actorId: null, device, detail: { name } });
    }
  }

  async function noteUse(id: string, generation: Date | null, address: string): Promise<void> {
    const use = { id, generation, at: new Date(now()), place: addressPrefix(address), interval: touchEvery };
    await db.withScope(door, (tx) => touchApiToken(tx, use));
  }

  return {
    async create({ user }, { name, permissions, lifetime }, device) {
      const id = randomUUID();
      const refreshToken = firstRefreshToken(box, id);
      const at = new Date(now());
      const row = {
        ...{ id, userId: user.id, name, permissions: [...permissions], refreshHash: hashToken(refreshToken) },
        ...{ createdAt: at, refreshedAt: at, expiresAt: new Date(at.getTime() + lifetime) },
      };
      await db.withScope(door, (tx) => insertApiToken(tx, row));
      const detail = { name, permissions: permissions.join(' ') };
      await audit.record({ action: 'api-token-created', userId: user.id, device, detail });
      return issue(row, refreshToken);
    },

    list: ({ user }) => db.withScope({ user: user.id }, (tx) => listApiTokens(tx, user.id)),

    async revoke({ user }, id, device) {
      const isGone = await db.withScope({ user: user.id }, (tx) => deleteApiToken(tx, id, 'signed-out-elsewhere'));
      if (isGone) await audit.record({ action: 'api-token-revoked', userId: user.id, device, detail: { id } });
      return isGone;
    },

    async refresh(refreshToken, device) {
      const presented = readRefreshToken(refreshToken);
      if (!presented) return null;
      const { id, hash } = presented;
      const next = nextRefreshToken(box, refreshToken);
      const rotation = { id, presented: hash, next: hashToken(next), now: new Date(now()) };
      const found = await db.withScope(door, async (tx) => {
        await rotateRefreshToken(tx, rotation);
        return findApiTokenWithUser(tx, id);
      });
      if (!found || !isLiving(found, now())) return null;
      const { token } = found;
      if (token.refreshHash === rotation.next && isAnswerUnused(token)) return issue(token, next);
      if (token.refreshHash !== hash && isRefreshTokenOfOurs(box, refreshToken)) await endReused(token, device);
      return null;
    },

    async resume(accessToken, { address }) {
      const claims = await access.verify(accessToken);
      if (typeof claims === 'string') return claims;
      const { tokenId: id, generation } = claims;
      const found = await db.withScope(door, (tx) => findApiTokenWithUser(tx, id));
      if (!found || !isLiving(found, now()) || found.user.id !== claims.userId) return 'invalid';
      if (isTouchDue(found.token, generation, now())) await noteUse(id, generation, address);
      return identityOf(found.token, found.user, claims);
    },

    touch: ({ session }, { address }) => noteUse(session.publicId, null, address),

    rotateSigningKey: () => keys.rotate(),
  };
}

function isLiving({ token, user }: { readonly token: ApiToken; readonly user: User }, now: number): boolean {
  return user.disabledAt === null && token.expiresAt.getTime() > now;
}

/** True until an access token of the last refresh was used: then the one before it can have been presented by its owner. */
function isAnswerUnused({ lastUsedAt, refreshedAt }: ApiToken): boolean {
  return lastUsedAt === null || lastUsedAt < refreshedAt;
}

function isTouchDue(token: ApiToken, generation: Date, now: number): boolean {
  const isFirstUse = generation.getTime() === token.refreshedAt.getTime() && isAnswerUnused(token);
  return token.lastUsedAt === null || isFirstUse || now - token.lastUsedAt.getTime() >= touchEvery;
}

function identityOf(token: ApiToken, user: User, claims: AccessClaims): Identity {
  const { id, email, name, role, isGuest, confirmedAt } = user;
  return {
    user: { id, email, name, role, isGuest, confirmedAt },
    session: {
      publicId: token.id,
      createdAt: token.createdAt,
      // A program has proved nothing of a person: it is never in sudo.
      authenticatedAt: new Date(0),
      factors: [],
      isRemembered: false,
      expiresAt: claims.expiresAt,
      absoluteExpiresAt: token.expiresAt,
      impersonator: null,
    },
    token: { permissions: claims.permissions.filter((each) => token.permissions.includes(each)) },
  };
}
