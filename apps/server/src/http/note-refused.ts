import { appRouter, type Reason, type Services } from '@atrium/api';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address.ts';

export interface NotingParts {
  readonly services: Pick<Services, 'denials'>;
  readonly trustedProxies: number;
}

/** Writes down what was refused before anybody looked who it is: a foreign page, a socket without a session. */
export function noteRefused(
  req: IncomingMessage,
  { services, trustedProxies }: NotingParts,
  { procedure, reason }: { readonly procedure: string; readonly reason: Reason },
): void {
  const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, trustedProxies) };
  // Whoever makes names up, or combines many, is one caller with one row.
  const isKnown = procedure === 'upgrade' || Object.hasOwn(appRouter._def.procedures, procedure);
  services.denials.note({ actorId: null, device, procedure: isKnown ? procedure : '?', reason });
}
