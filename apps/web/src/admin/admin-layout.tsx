import { PageGroup } from '../shell/page-group.tsx';
import { useWatchRefusals } from './lowered.ts';

const pages = [
  { to: '/admin', text: 'Dashboard' },
  { to: '/admin/users', text: 'Users' },
  { to: '/admin/rooms', text: 'Rooms' },
  { to: '/admin/audit', text: 'Audit log' },
  { to: '/admin/limits', text: 'Limits' },
  { to: '/admin/invites', text: 'Invitations' },
  { to: '/admin/simulator', text: 'Simulator' },
] as const;

/** The control panel of this server. */
export function AdminLayout() {
  useWatchRefusals();
  return <PageGroup label="Control panel" pages={pages} />;
}
