import Bowser from 'bowser';

/** What a request tells about the device behind it. */
export interface Device {
  readonly userAgent: string | undefined;
  readonly address: string;
  /** The device cookie as it came; null or undefined when there was none. */
  readonly cookie?: string | null;
  /** The administrator who really makes the call, in the name of somebody else. */
  readonly actor?: { readonly userId: string; readonly name: string };
}

/** "Firefox on Linux"; "Unknown device" when the header says nothing. At most 80 characters. */
export function deviceLabel(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent.slice(0, 1_000));
  const name = browser.name ?? '';
  if (name === '') return 'Unknown device';
  return (os.name ? `${name} on ${os.name}` : name).slice(0, 80);
}
