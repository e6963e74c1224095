import type { ServerResponse } from 'node:http';

/**
 * Scripts, styles and connections are ours alone. The canvas writes style attributes (hence style-src-attr) and draws
 * from data and blob URLs. 'self' covers the socket of this origin in current browsers; ws: and wss: are for older ones.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Passkeys are for our own pages, and for no frame in them. */
const permissionsPolicy = [
  'camera=()',
  'microphone=()',
  'geolocation=()',
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
].join(', ');

export function setSecurityHeaders(res: ServerResponse, isSecure: boolean): void {
  res.setHeader('Content-Security-Policy', contentSecurityPolicy);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.setHeader('Permissions-Policy', permissionsPolicy);
  if (isSecure) res.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
