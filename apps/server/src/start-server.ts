import {
  AdminStreams,
  appRouter,
  CallPace,
  CommandPace,
  defaultJoinLimits,
  Denials,
  JoinBudget,
  type JoinLimits,
  Meter,
  policiesOf,
  readAccessFrom,
  readIsAdminFrom,
  recheckFrom,
  RoomSeats,
  type Services,
} from '@atrium/api';
import {
  createAuth,
  createGitHubProvider,
  createMailbox,
  createOpenIdProvider,
  createSecretBox,
  createSmtpMailer,
  type Lifetimes,
  LiveSessions,
  longestLife,
  type Mailer,
  prepareDecoy,
  type Provider,
  type SecretBox,
} from '@atrium/auth';
import {
  type Database,
  deleteExpiredApiTokens,
  deleteExpiredSessions,
  type Ending,
  findSignInEnd,
  livingSignIns,
  openDatabase,
} from '@atrium/db';
import { kinds } from '@atrium/kinds';
import { type Clock, createMemoryBus, createRoomHub, type HubReport, type RoomHub, systemClock } from '@atrium/rooms';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { pino, type Logger } from 'pino';
import type { Config, ProviderSettings } from './env.ts';
import { handleRequests } from './http/handle-requests.ts';
import { listenOn } from './http/listen-on.ts';
import { allowedOrigins } from './http/origins.ts';
import { defaultSocketLimits } from './socket/socket-count.ts';
import { offerSetup } from './offer-setup.ts';
import { secretKeys } from './secret-key.ts';
import { createSocketServer } from './socket/socket-server.ts';
import { sweepAccounts } from './sweep-accounts.ts';

export interface RunningServer {
  /** Where the first administrator is made, once; null when there is one. */
  readonly setupUrl: string | null;
  /** Where a browser finds it. */
  readonly url: string;
  readonly port: number;
  /** The rooms of this process, past every policy: for whoever measures or tests it. */
  readonly hub: RoomHub;
  /** Refuses new work, lets what runs finish, writes snapshots, closes the database. Within 10 s. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** A line for the person who waits. */
  readonly onProgress?: (line: string) => void;
  /** Instead of `databaseUrl`: a test hands over a database of its own. Closed with the server. */
  readonly database?: Database;
  /** How many may begin to watch in a second; for tests of a crowd. */
  readonly joins?: JoinLimits | undefined;
  /** The time of the rooms; for measuring and tests. */
  readonly clock?: Clock | undefined;
  /** Where the lines of the log go; default: standard output. For tests. */
  readonly logTo?: { write(line: string): void } | undefined;
  /** Instead of those that the configuration names; for tests of one whose addresses are fixed. */
  readonly providers?: readonly Provider[] | undefined;
  /** Folder of the built app; undefined: no pages, the API alone. */
  readonly webRoot?: string | undefined;
}

/** One process, one port: database, rooms, HTTP, sockets and the app's files. Throws when anything of it cannot start. */
export async function startServer(config: Config, opts: StartOptions = {}): Promise<RunningServer> {
  policiesOf(appRouter);
  const log = logOf(config, opts);
  const { server, port } = await listenOn(config.host, config.port);
  try {
    const { onProgress = () => {} } = opts;
    const db = opts.database ?? (await openDatabase({ url: config.databaseUrl, onProgress }));
    return await serve({ config, opts, log, server, port, db });
  } catch (error) {
    server.close();
    throw error;
  }
}

function logOf({ logLevel: level }: Config, { logTo }: StartOptions): Logger {
  return logTo ? pino({ level, base: null }, logTo) : pino({ level, base: null });
}

interface Parts {
  readonly config: Config;
  readonly opts: StartOptions;
  readonly log: Logger;
  readonly server: Server;
  readonly port: number;
  readonly db: Database;
}

async function serve({ config, opts, log, server, port, db }: Parts): Promise<RunningServer> {
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const mailbox = config.smtpUrl === undefined ? createMailbox() : null;
  const mailer = mailbox ?? createSmtpMailer({ url: config.smtpUrl ?? '', from: senderOf(config, publicUrl) });
  const services = createServices(db, {
    config,
    publicUrl,
    log,
    joins: opts.joins ?? defaultJoinLimits,
    clock: opts.clock ?? systemClock,
    box: createSecretBox(secretKeys(config, opts.database !== undefined)),
    providers: opts.providers ?? config.providers.map(providerOf),
    mailer,
  });
  const stopListening = await listenForEndings(services, log);
  await prepareDecoy();
  const stopSweeping = sweepAccounts({
    every: config.sweepInterval,
    abandonedEvery: 3_600_000,
    sweep: () => services.deletions.sweep(),
    sweepAbandoned: () => services.deletions.sweepAbandoned(),
    onError: (error) => log.error({ err: error }, 'accounts were not swept'),
  });

  const shared = {
    services,
    origins: allowedOrigins(publicUrl, config.allowedOrigins),
    isSecure: publicUrl.startsWith('https:'),
    trustedProxies: config.trustedProxies,
    log,
  };
  const sockets = createSocketServer({ ...shared, limits: defaultSocketLimits });
  const http = handleRequests({ ...shared, webRoot: opts.webRoot, mailbox });
  server.removeAllListeners('request');
  server.removeAllListeners('upgrade');
  server.on('request', http.onRequest);
  server.on('upgrade', (req, socket, head) => {
    sockets.upgrade(req, socket, head).catch((error: unknown) => {
      log.error({ err: error }, 'upgrade failed');
      socket.destroy();
    });
  });

  const setupUrl = await offerSetup(db, publicUrl);
  let closing: Promise<void> | null = null;
  const close = async () => {
    http.drain();
    sockets.drain();
    await http.settled(3_000);
    await stopSweeping();
    await Promise.all([services.mailQueue.drain(3_000), services.hub.drain(), services.denials.drain()]);
    mailer.close();
    await sockets.close();
    server.close();
    services.live.close();
    await stopListening();
    server.closeAllConnections();
    await db.close();
  };
  return { url: publicUrl, port, setupUrl, hub: services.hub, close: () => (closing ??= close()) };
}

interface ServiceOptions {
  readonly config: Config;
  readonly publicUrl: string;
  readonly log: Logger;
  readonly joins: JoinLimits;
  readonly clock: Clock;
  readonly box: SecretBox;
  readonly providers: readonly Provider[];
  readonly mailer: Mailer;
}

function createServices(db: Database, options: ServiceOptions): Services {
  const { config, publicUrl, log, joins, clock, box, providers, mailer } = options;
  const lifetimes: Lifetimes = {
    idle: config.sessionIdle,
    absolute: config.sessionAbsolute,
    sudo: config.sudoAge,
    rotate: config.sessionRotate,
    longest: config.sessionExtend ? longestLife(config.sessionAbsolute) : undefined,
  };
  const seats = new RoomSeats(readAccessFrom(db));
  const auth = createAuth({
    ...{ db, lifetimes, box, mailer, publicUrl, providers },
    onMailFailure: (error, isLast) =>
      log[isLast ? 'error' : 'warn']({ err: error }, isLast ? 'a mail was given up' : 'a mail will be tried again'),
  });
  return {
    ...auth,
    db,
    denials: new Denials({
      record: (entry) => auth.audit.record(entry),
      onError: (error) => log.error({ err: error }, 'a denial was not written down'),
    }),
    meter: new Meter(),
    adminStreams: new AdminStreams(readIsAdminFrom(db)),
    live: new LiveSessions({
      readEnd: async (publicId) => {
        const end = await db.withScope({ system: 'sweep' }, (tx) => findSignInEnd(tx, publicId));
        return end && end.getTime();
      },
      readLiving: () =>
        db.withScope({ system: 'sweep' }, async (tx) => {
          await deleteExpiredSessions(tx, new Date());
          await deleteExpiredApiTokens(tx, new Date());
          const living = await livingSignIns(tx);
          return new Map([...living].map(([publicId, end]) => [publicId, end.getTime()]));
        }),
      onError: (error) => log.error({ err: error }, 'sessions could not be read'),
      sweepEvery: config.sweepInterval,
    }),
    hub: createRoomHub({
      clock,
      log: db.roomLog,
      bus: createMemoryBus(),
      kinds: [...kinds.values()],
      node: randomUUID(),
      onReport: (report) => logReport(log, report),
      recheck: recheckFrom(db, seats),
    }),
    ...pacesOf(config.commandsPerSecond),
    joins: new JoinBudget(joins),
    seats,
    publicUrl,
  };
}

function senderOf({ mailFrom }: Config, publicUrl: string): string {
  return mailFrom ?? `Atrium <no-reply@${new URL(publicUrl).hostname}>`;
}

/** Connects the database's own word about who lost access to everything that is open. */
function listenForEndings(
  { db, live, seats, hub, meter, adminStreams }: Services,
  log: Logger,
): Promise<() => Promise<void>> {
  let isReading = false;
  let isStale = false;
  // One reading at a time: whatever is told while it is under way is answered by one more.
  const readAgain = async () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale) {
      isStale = false;
      await Promise.all([live.sweep(), seats.reread(), adminStreams.reread()]).catch((error: unknown) =>
        log.error({ err: error }, 'not read again'),
      );
    }
    isReading = false;
  };
  return db.listen({
    onEnding(ending) {
      live.onEnding(ending);
      seats.onEnding(ending);
      adminStreams.onEnding(ending);
      if (takesAccess(ending)) meter.revoked();
      if (ending.type === 'room' && ending.change === 'deleted') {
        hub
          .evict(ending.roomId, 'room-deleted', ending.by)
          .catch((error: unknown) => log.error({ err: error }, 'room not evicted'));
      }
    },
    onDeaf: () => log.warn('the database no longer reports endings; sweeping until it does'),
    onDoubt: () => void readAgain(),
    onListening: () => void readAgain(),
  });
}

/** True for what ends or lowers something; false for what is given, or only to be read again. */
function takesAccess(ending: Ending): boolean {
  if (ending.type === 'standing') return false;
  return ending.type !== 'room' || !['unarchived', 'unfrozen'].includes(ending.change);
}

/** The logger knows how to write an error only by this name. */
function logReport(log: Logger, { type, ...report }: HubReport): void {
  const { cause, ...rest } = { cause: undefined, ...report };
  log.warn(cause === undefined ? rest : { ...rest, err: cause }, type);
}

function providerOf(settings: ProviderSettings): Provider {
  return settings.id === 'github' ? createGitHubProvider(settings) : createOpenIdProvider(settings);
}

/** All paces follow the one that can be set: how many commands a tab may send in a second. */
function pacesOf(perSecond: number): Pick<Services, 'commandPace' | 'callPace'> {
  return {
    commandPace: new CommandPace({ perSecond, burst: 2 * perSecond }),
    callPace: new CallPace({ perSecond: 5 * perSecond, burst: 50 * perSecond }),
  };
}
