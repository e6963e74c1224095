export type { AuditAction } from '@atrium/auth';
export { readAccessFrom } from './access/read-access.ts';
export { recheckFrom } from './access/recheck.ts';
export { RoomSeats } from './access/room-seats.ts';
export { type AppRouter, appRouter } from './app-router.ts';
export type { Context, HttpContext, Services, SocketContext } from './context.ts';
export { laneEncoder } from './lane/lane-encoder.ts';
export type { Wire } from './lane/wire.ts';
export { policiesOf } from './policy/assert-policies.ts';
export type { Permission } from './policy/permission.ts';
export { describePolicy, type Policy } from './policy/policy.ts';
export { type Reason, reasons } from './reason.ts';
export { Refusal, toRefusal } from './refusal.ts';
export { AdminStreams, readIsAdminFrom } from './admin/admin-streams.ts';
export { Meter } from './admin/meter.ts';
export { Denials } from './denial/denials.ts';
export { CallPace } from './pace/call-pace.ts';
export { CommandPace } from './pace/command-pace.ts';
export { defaultJoinLimits, JoinBudget, type JoinLimits } from './pace/join-budget.ts';
export { SocketConnection, type SocketDriver } from './socket/socket-connection.ts';
export { takeSession } from './session/take-session.ts';
export type {
  Activity,
  ActivityPage,
  ApiToken,
  AccessRequest,
  CreatedInvite,
  Deletion,
  Device,
  ExportPage,
  Invite,
  InvitePreview,
  IssuedApiToken,
  LinkedIdentities,
  MailLinkPreview,
  Me,
  Member,
  Passkey,
  RecoveryCodes,
  Room,
  RoomPreview,
  SignInOptions,
  TotpSetup,
  TotpStatus,
} from './wire.ts';
export type {
  AdminAuditEvent,
  AdminInvite,
  AdminLimit,
  AdminLive,
  AdminRoom,
  AdminRoomDetail,
  AdminSession,
  AdminUser,
  AdminUserDetail,
  AuditCsvPage,
  AuditPerson,
  Page,
  PolicyRow,
  Simulation,
} from './admin/wire.ts';
