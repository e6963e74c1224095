/** One piece of the app: nobody but administrators loads it. */
export { AdminLayout } from './admin-layout.tsx';
export { AuditPage } from './audit/audit-page.tsx';
export { DashboardPage } from './dashboard/dashboard-page.tsx';
export { InvitesAdminPage } from './invites/invites-page.tsx';
export { LimitsPage } from './limits/limits-page.tsx';
export { RoomAdminPage } from './rooms/room-page.tsx';
export { RoomsAdminPage } from './rooms/rooms-page.tsx';
export { SimulatorPage } from './simulator/simulator-page.tsx';
export { UserPage } from './users/user-page.tsx';
export { UsersPage } from './users/users-page.tsx';
