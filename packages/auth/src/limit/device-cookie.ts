import type { SecretBox } from '../seal/secret-box.ts';
import { newToken } from '../session/token.ts';

/** A browser in which somebody has signed in to this account before. */
export interface KnownDevice {
  readonly userId: string;
  /** One per cookie: what is tried with a stolen one is counted against this one alone. */
  readonly id: string;
}

export interface DeviceCookies {
  /** The value of a new cookie, for whoever has just proved that the account is theirs. */
  issue(userId: string): string;
  /** Null for whatever this server has not signed. */
  read(value: string | null | undefined): KnownDevice | null;
}

const shape = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/**
 * Cookies by which a sign-in is recognized as coming from a browser that the owner of the account has used, after the
 * idea of OWASP's "Slow Down Online Guessing Attacks with Device Cookies"
 * (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies): guesses from elsewhere are
 * counted apart from it, so nobody locks an owner out of it. It signs nobody in. Value: user id, nonce and signature,
 * with dots between; nothing of it is stored.
 */
export function createDeviceCookies(box: SecretBox): DeviceCookies {
  return {
    issue(userId) {
      const text = `${userId}.${newToken()}`;
      return `${text}.${box.sign('device-cookie', text)}`;
    },
    read(value) {
      const [, userId, id, signature] = shape.exec(value ?? '') ?? [];
      if (userId === undefined || id === undefined || signature === undefined) return null;
      return box.isSigned('device-cookie', `${userId}.${id}`, signature) ? { userId, id } : null;
    },
  };
}
