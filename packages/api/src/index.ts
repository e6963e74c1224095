export { RoomSeats } from './access/room-seats.ts';
export { type AppRouter, appRouter } from './app-router.ts';
export type { Context, HttpContext, Services, SocketContext } from './context.ts';
export { policiesOf } from './policy/assert-policies.ts';
export { describePolicy, type Policy } from './policy/policy.ts';
export { type Reason, reasons } from './reason.ts';
export { Refusal, toRefusal } from './refusal.ts';
export { SocketConnection, type SocketDriver } from './socket/socket-connection.ts';
export type { CreatedInvite, Device, Invite, InvitePreview, Me, Member, Room } from './wire.ts';
