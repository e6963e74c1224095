/** One piece of the app: who looks at one page of the settings looks at others. */
export { ActivityPage } from '../activity/activity-page.tsx';
export { DataPage } from './data-page.tsx';
export { DevicesPage } from './devices-page.tsx';
export { ProfilePage } from './profile-page.tsx';
export { SettingsLayout } from './settings-layout.tsx';
export { SignInSettingsPage } from './sign-in-page.tsx';
export { TokensPage } from './tokens-page.tsx';
