import { PageGroup } from '../shell/page-group.tsx';

const pages = [
  { to: '/settings', text: 'You' },
  { to: '/settings/sign-in', text: 'Sign-in' },
  { to: '/settings/devices', text: 'Devices' },
  { to: '/settings/tokens', text: 'API tokens' },
  { to: '/settings/activity', text: 'Activity' },
  { to: '/settings/data', text: 'Your data' },
] as const;

export function SettingsLayout() {
  return <PageGroup label="Settings" pages={pages} />;
}
