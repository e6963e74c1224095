import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { cose, isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Assertion } from '../passkey/assertions.ts';

/** What an answer says; everything can be wrong on purpose. */
export interface Answering {
  /** As the server asked, base64url. */
  readonly challenge: string;
  readonly origin?: string;
  readonly rpId?: string;
  /** False: whoever held the device was not verified. */
  readonly isVerified?: boolean;
  /** Instead of the next one. */
  readonly counter?: number;
  readonly userHandle?: string;
  /** Instead of the one that belongs to the ceremony. */
  readonly type?: string;
}

const flag = { present: 0x01, verified: 0x04, attested: 0x40 };

/** An authenticator of one passkey, ES256, in memory: signs what it is told to, like a device that obeys an attacker. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  counter = 0;
  readonly #aaguid: Buffer;
  readonly #keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

  constructor({ aaguid = '00000000-0000-0000-0000-000000000000' }: { readonly aaguid?: string } = {}) {
    this.#aaguid = Buffer.from(aaguid.replaceAll('-', ''), 'hex');
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  register(answering: Answering): RegistrationResponseJSON {
    const clientData = clientDataOf(answering, 'webauthn.create');
    const idBytes = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([this.#aaguid, uint16(idBytes.length), idBytes, this.#coseKey()]);
    const authData = Buffer.concat([this.#head(answering, flag.attested), attested]);
    const statement = new Map<string, string | Uint8Array | Map<string, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map<string, string>()],
      ['authData', Uint8Array.from(authData)],
    ]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(statement)).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  answer(answering: Answering): Assertion {
    const clientData = clientDataOf(answering, 'webauthn.get');
    this.counter = answering.counter ?? this.counter + 1;
    const authData = this.#head(answering, 0);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.#keys.privateKey);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(answering.userHandle !== undefined && { userHandle: answering.userHandle }),
      },
    };
  }

  #credential() {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} } as const;
  }

  #head({ rpId = 'localhost', isVerified = true }: Answering, more: number): Buffer {
    const flags = flag.present | (isVerified ? flag.verified : 0) | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flags]), counter]);
  }

  #coseKey(): Uint8Array {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const { COSEKEYS, COSEKTY, COSEALG, COSECRV } = cose;
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [COSEKEYS.kty, COSEKTY.EC2],
        [COSEKEYS.alg, COSEALG.ES256],
        [COSEKEYS.crv, COSECRV.P256],
        [COSEKEYS.x, Uint8Array.from(Buffer.from(x, 'base64url'))],
        [COSEKEYS.y, Uint8Array.from(Buffer.from(y, 'base64url'))],
      ]),
    );
  }
}

function clientDataOf({ challenge, origin = 'http://localhost:3000', type }: Answering, usual: string): Buffer {
  return Buffer.from(JSON.stringify({ type: type ?? usual, challenge, origin, crossOrigin: false }));
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
