import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../seal/secret-box.ts';
import { type ProviderId, providerIds } from './provider.ts';

/** What this browser must still know when it comes back from a provider. */
export interface Handshake {
  readonly kind: 'handshake';
  readonly provider: ProviderId;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path on this origin to go to afterwards. */
  readonly next: string;
  readonly link: LinkWish | null;
  /** ms since 1970. */
  readonly at: number;
}

/** For whom an identity is to be linked: this person, in this very session. */
export interface LinkWish {
  readonly userId: string;
  readonly publicId: string;
}

/** A wish to link that was made by a call with sudo, on its way to the hand-shake. */
export interface LinkTicket extends LinkWish {
  readonly kind: 'link';
  readonly provider: ProviderId;
  readonly next: string;
  readonly at: number;
}

/** How long a person may take at the provider, in ms. */
export const handshakeAge = 600_000;
/** How long the browser may take to follow the address that a call answered, in ms. */
const ticketAge = 60_000;

export function newHandshake(wish: Pick<Handshake, 'provider' | 'next' | 'link'>, now: number): Handshake {
  const random = () => randomBytes(32).toString('base64url');
  return { ...wish, kind: 'handshake', state: random(), nonce: random(), verifier: random(), at: now };
}

export function sealed(box: SecretBox, content: Handshake | LinkTicket): string {
  return box.seal('provider-handshake', JSON.stringify(content));
}

/** Null for whatever was not sealed here as a hand-shake, or is too old. */
export function openHandshake(box: SecretBox, text: string, now: number): Handshake | null {
  const content = open(box, text);
  return content?.kind === 'handshake' && isFresh(content.at, { now, age: handshakeAge }) ? content : null;
}

/** Null for whatever was not sealed here as a ticket, or is too old. */
export function openTicket(box: SecretBox, text: string, now: number): LinkTicket | null {
  const content = open(box, text);
  return content?.kind === 'link' && isFresh(content.at, { now, age: ticketAge }) ? content : null;
}

function open(box: SecretBox, text: string): Handshake | LinkTicket | null {
  const json = box.open('provider-handshake', text);
  // Only this file seals for this purpose, so the content has one of the two shapes.
  return json === null ? null : (JSON.parse(json) as Handshake | LinkTicket);
}

function isFresh(at: number, { now, age }: { now: number; age: number }): boolean {
  return now >= at && now - at < age;
}

export function isProviderId(text: string): text is ProviderId {
  return (providerIds as readonly string[]).includes(text);
}
