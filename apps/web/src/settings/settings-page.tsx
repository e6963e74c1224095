import { ThemeChoices } from '@atrium/ui';
import { PageHeading } from '../shell/page-heading.tsx';
import { ApiTokensSection } from './api-tokens-section.tsx';
import { DeviceList } from './device-list.tsx';
import { IdentitiesSection } from './identities-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { Section } from './section.tsx';
import { SignOut } from './sign-out.tsx';

export function SettingsPage() {
  return (
    <div className="grid gap-4">
      <PageHeading title="Settings" />
      <Section title="You" lead="How others see you.">
        <ProfileForm />
      </Section>
      <Section title="Theme" lead="Kept in this browser.">
        <ThemeChoices />
      </Section>
      <IdentitiesSection />
      <PasskeysSection />
      <SecondFactorSection />
      <Section title="Devices" lead="Where you are signed in. Sign one out and its open rooms close at once.">
        <DeviceList />
      </Section>
      <Section title="API tokens" lead="What programs may do in your name.">
        <ApiTokensSection />
      </Section>
      <Section title="Leave" lead="Ends the session on this device.">
        <SignOut />
      </Section>
    </div>
  );
}
