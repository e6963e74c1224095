import {
  type Database,
  deleteRetiredSigningKeys,
  findSigningKey,
  insertSigningKey,
  listSigningKeys,
  retireOtherSigningKeys,
  type Scope,
  type SigningKey,
} from '@atrium/db';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SecretBox } from '../seal/secret-box.ts';

/** Keys of Ed25519 in the database, so that every node believes what another one signed. */
export interface SigningKeys {
  /** The key that signs now. Made on first need; one that is 90 days old, or that our secrets do not open, is replaced. */
  current(): Promise<SignerKey>;
  /** The public key with this id, or null when there is none, or it was retired too long ago. */
  find(kid: string): Promise<CryptoKey | null>;
  /** A new key signs from now on. What the one before has signed stays good until it is over by itself. */
  rotate(): Promise<void>;
}

export interface SignerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

export interface SigningKeyOptions {
  readonly db: Database;
  readonly box: SecretBox;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const minute = 60_000;
/** How long a node goes by what it read last: another one may have made, retired or deleted a key. */
const trusted = minute;
/** Longer than an access token lives, and a node that has not noticed goes on signing. */
const believedFor = 15 * minute;
const longestUse = 90 * 24 * 60 * minute;

const door: Scope = { system: 'api-token' };
const algorithm = 'EdDSA';
const kidShape = /^[A-Za-z0-9_-]{43}$/;

export function createSigningKeys({ db, box, now }: SigningKeyOptions): SigningKeys {
  const known = new Map<string, { readonly key: CryptoKey; readonly readAt: number }>();
  let signer: { readonly key: SignerKey; readonly readAt: number } | null = null;
  let reading: Promise<SignerKey> | null = null;

  const isFresh = (entry: { readonly readAt: number } | null | undefined) =>
    entry != null && now() - entry.readAt < trusted;

  async function read(): Promise<SignerKey> {
    const rows = await db.withScope(door, (tx) => listSigningKeys(tx));
    const usable = rows.find((row) => now() - row.createdAt.getTime() < longestUse && opened(row) !== null);
    const key = usable ? await signerOf(usable) : await make();
    signer = { key, readAt: now() };
    return key;
  }

  const opened = (row: SigningKey) => box.open('signing-key', row.sealedPrivateJwk);

  async function signerOf(row: SigningKey): Promise<SignerKey> {
    return { kid: row.kid, privateKey: await importKey(JSON.parse(opened(row) ?? '{}') as JWK) };
  }

  async function make(): Promise<SignerKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const sealedPrivateJwk = box.seal('signing-key', JSON.stringify(await exportJWK(privateKey)));
    const createdAt = new Date(now());
    await db.withScope(door, async (tx) => {
      await insertSigningKey(tx, { kid, publicJwk: { ...publicJwk }, sealedPrivateJwk, createdAt });
      await retireOtherSigningKeys(tx, kid, createdAt);
      await deleteRetiredSigningKeys(tx, new Date(createdAt.getTime() - believedFor));
    });
    return { kid, privateKey };
  }

  return {
    current() {
      if (signer && isFresh(signer)) return Promise.resolve(signer.key);
      reading ??= read().finally(() => (reading = null));
      return reading;
    },

    async find(kid) {
      // Nothing else is ever looked up: no path, no address, no text of any length.
      if (!kidShape.test(kid)) return null;
      const entry = known.get(kid);
      if (entry && isFresh(entry)) return entry.key;
      known.delete(kid);
      const row = await db.withScope(door, (tx) => findSigningKey(tx, kid));
      if (!row || (row.retiredAt && now() - row.retiredAt.getTime() > believedFor)) return null;
      const key = await importKey(row.publicJwk);
      known.set(kid, { key, readAt: now() });
      return key;
    },

    async rotate() {
      signer = { key: await make(), readAt: now() };
    },
  };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key is a pair, not a shared secret');
  return key;
}
