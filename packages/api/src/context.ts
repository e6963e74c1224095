import type { Auth, Device, Identity, LiveSessions } from '@atrium/auth';
import type { Database } from '@atrium/db';
import type { RoomHub } from '@atrium/rooms';
import type { RoomSeats } from './access/room-seats.ts';
import type { CallPace } from './pace/call-pace.ts';
import type { AdminStreams } from './admin/admin-streams.ts';
import type { Meter } from './admin/meter.ts';
import type { Denials } from './denial/denials.ts';
import type { CommandPace } from './pace/command-pace.ts';
import type { JoinBudget } from './pace/join-budget.ts';
import type { SocketConnection } from './socket/socket-connection.ts';

/** Everything a procedure may use; made once per process. */
export interface Services extends Auth {
  readonly db: Database;
  readonly live: LiveSessions;
  readonly hub: RoomHub;
  readonly seats: RoomSeats;
  readonly commandPace: CommandPace;
  readonly callPace: CallPace;
  readonly joins: JoinBudget;
  /** Where refused calls are written down. Drain it before the database is closed. */
  readonly denials: Denials;
  readonly meter: Meter;
  readonly adminStreams: AdminStreams;
  /** Origin of the app, without a trailing slash; links in invitations begin with it. */
  readonly publicUrl: string;
}

/** One HTTP request. */
export interface HttpContext {
  readonly transport: 'http';
  readonly services: Services;
  readonly device: Device;
  /** True with a bearer token, good or not: then there is no session, whatever the cookie says. */
  readonly isProgram: boolean;
  /** Reads the session, or the token, from the database, once per request. */
  readonly identify: () => Promise<Identity | null>;
  /** Sets or (null) clears the session cookie. One that is not remembered goes when the browser is closed. */
  readonly setCookie: (cookie: { readonly token: string; readonly remember: boolean } | null) => void;
  /** Makes this browser known to the account that has just proved itself. */
  readonly setDeviceCookie: (value: string) => void;
}

/** One socket: made at the upgrade, shared by all its calls. */
export interface SocketContext {
  readonly transport: 'socket';
  readonly services: Services;
  /** As it was at the upgrade. */
  readonly device: Device;
  readonly connection: SocketConnection;
}

export type Context = HttpContext | SocketContext;
