import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Device } from '../session/device.ts';
import type { FactorChange, TellOwner } from './factor-change.ts';

export interface ChangeEntry {
  readonly userId: string;
  readonly device: Device;
  readonly detail?: Readonly<Record<string, string>>;
}

export type RecordChange = (change: FactorChange, entry: ChangeEntry) => Promise<void>;

/** Writes a change down first, and tells the owner then. */
export function createRecordChange({ audit, tellOwner }: { audit: AuditTrail; tellOwner: TellOwner }): RecordChange {
  return async (change, { userId, device, detail = {} }) => {
    await audit.record({ action: change, userId, device, detail });
    tellOwner(userId, change, device);
  };
}
