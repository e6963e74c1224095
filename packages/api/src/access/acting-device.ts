import type { Device, Identity } from '@atrium/auth';

/** Whatever is written down about a call says who really made it: an administrator who acts as somebody else. */
export function actingDevice(device: Device, { session: { impersonator } }: Identity): Device {
  return impersonator === null ? device : { ...device, actor: impersonator };
}
