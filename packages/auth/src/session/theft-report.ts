import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Device } from './device.ts';
import type { Theft } from './present-token.ts';

const unknownDevice: Device = { userAgent: undefined, address: '' };

/** Writes down that a session ended because two held it. */
export function createTheftReport(audit: AuditTrail): (theft: Theft) => Promise<void> {
  return ({ user, publicId, device }) =>
    audit.record({
      action: 'session-theft',
      userId: user.id,
      // Nobody can tell the owner from the thief.
      actorId: null,
      device: device ?? unknownDevice,
      detail: { session: publicId },
    });
}
