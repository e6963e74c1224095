import { appRouter, policiesOf, type Reason, type Services } from '@atrium/api';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address.ts';

export interface NotingParts {
  readonly services: Pick<Services, 'denials'>;
  readonly trustedProxies: number;
}

/** What a row may be about. Whoever makes names up, or combines many, is one caller with one row. */
const known: ReadonlySet<string> = new Set(['upgrade', ...policiesOf(appRouter).keys()]);

/** Writes down what was refused before anybody looked who it is: a foreign page, a socket without a session. */
export function noteRefused(
  req: IncomingMessage,
  { services, trustedProxies }: NotingParts,
  { procedure, reason }: { readonly procedure: string; readonly reason: Reason },
): void {
  const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, trustedProxies) };
  services.denials.note({ actorId: null, device, procedure: known.has(procedure) ? procedure : '?', reason });
}
