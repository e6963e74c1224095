import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a sealed or signed text is for: one that was made for one purpose is worth nothing for another. */
export type Purpose = 'totp' | 'signing-key' | 'provider-handshake' | 'device-cookie' | 'refresh-token';

/** Keeps secrets that must be read again (those that must only be recognized are hashed), and signs small texts. */
export interface SecretBox {
  /** Encrypted and bound to its purpose; base64url. */
  seal(purpose: Purpose, text: string): string;
  /** Null for whatever was not sealed by one of the keys for this purpose. */
  open(purpose: Purpose, sealed: string): string | null;
  /** base64url. */
  sign(purpose: Purpose, text: string): string;
  isSigned(purpose: Purpose, text: string, signature: string): boolean;
}

const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM and HMAC-SHA-256 with keys derived (HKDF) from `secrets`, each at least 32 characters. The first secret
 * seals and signs, all of them open and verify: a new one is put in front, the old one taken away when nothing needs it.
 */
export function createSecretBox(secrets: readonly string[]): SecretBox {
  if (secrets.length === 0) throw new Error('A secret box needs a secret');
  const keys = (purpose: Purpose, use: 'seal' | 'sign') =>
    secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `atrium ${use} ${purpose}`, 32)));
  const mac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

  return {
    seal(purpose, text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', first(keys(purpose, 'seal')), nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < nonceLength + tagLength) return null;
      return keys(purpose, 'seal').reduce<string | null>((found, key) => found ?? decrypt(key, bytes), null);
    },
    sign: (purpose, text) => mac(first(keys(purpose, 'sign')), text).toString('base64url'),
    isSigned(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      return keys(purpose, 'sign').some((key) => {
        const expected = mac(key, text);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
    },
  };
}

function decrypt(key: Buffer, bytes: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    return null;
  }
}

function first(keys: readonly Buffer[]): Buffer {
  const [key] = keys;
  if (!key) throw new Error('A secret box needs a secret');
  return key;
}
