import type { QueuedCommand } from './command-queue.ts';

/** How long a decided command is remembered, milliseconds: long enough for a fail-over that loses the last seconds. */
const remembered = 60_000;

interface DecidedCommand {
  readonly command: QueuedCommand;
  readonly at: number;
}

/** The commands of one numbering that the server has answered lately, in case that it loses them. */
export class DecidedCommands {
  private clientId = '';
  private entries: DecidedCommand[] = [];

  note(clientId: string, command: QueuedCommand, now: number): void {
    if (clientId !== this.clientId) this.entries = [];
    this.clientId = clientId;
    // Whoever waited for it has had an answer.
    this.entries.push({ command: { ...command, waiting: null }, at: now });
    const fresh = this.entries.findIndex(({ at }) => now - at <= remembered);
    if (fresh > 0) this.entries.splice(0, fresh);
  }

  /**
   * What a server forgot that knows `clientId` up to `lastSeq` only, while the next number here is `nextSeq`. Null when
   * it forgot nothing. `asNumbered`: they follow what it knows without a hole, so they keep their numbers.
   */
  forgotten(opts: {
    readonly clientId: string;
    readonly lastSeq: number;
    readonly nextSeq: number;
    readonly now: number;
  }) {
    if (opts.lastSeq >= opts.nextSeq - 1) return null;
    const known = opts.clientId === this.clientId ? this.entries : [];
    const commands = known
      .filter(({ command, at }) => command.seq > opts.lastSeq && opts.now - at <= remembered)
      .map(({ command }) => command);
    return { commands, asNumbered: commands.length === opts.nextSeq - 1 - opts.lastSeq };
  }
}
