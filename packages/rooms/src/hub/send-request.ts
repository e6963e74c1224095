import { SendRefused } from './errors.ts';
import type { HubLimits } from './limits.ts';
import type { SendRequest } from './room-hub.ts';

/** Checks the form of a request before it may wait; answers the bytes of its inputs. Throws `SendRefused`. */
export function measureRequest({ clientId, commands }: SendRequest, limits: HubLimits): number {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(clientId)) {
    throw new SendRefused('bad-request', 'A client id has 1 to 64 letters, digits, hyphens and underscores.');
  }
  const [first] = commands;
  if (first === undefined) throw new SendRefused('bad-request', 'There is no command in this request.');
  if (commands.length > limits.batchCommands) {
    throw new SendRefused('too-large', `At most ${limits.batchCommands} commands can be sent at once.`);
  }
  let bytes = 0;
  for (const [index, { seq, name, input }] of commands.entries()) {
    if (!Number.isSafeInteger(seq) || seq < 1 || seq !== first.seq + index) {
      throw new SendRefused('bad-request', 'Commands are numbered from 1 on, without a hole.');
    }
    if (!/^[A-Za-z0-9]{1,64}$/.test(name)) throw new SendRefused('bad-request', 'A command has no such name.');
    bytes += Buffer.byteLength(JSON.stringify(input) ?? '');
  }
  if (bytes > limits.batchBytes) {
    throw new SendRefused('too-large', `At most ${limits.batchBytes >> 10} KiB can be sent at once.`);
  }
  return bytes;
}
