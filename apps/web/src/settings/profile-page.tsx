import { ThemeChoices } from '@atrium/ui';
import { PageHeading } from '../shell/page-heading.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Section } from '../shell/section.tsx';
import { SignOut } from './sign-out.tsx';

export function ProfilePage() {
  return (
    <>
      <PageHeading title="You" />
      <Section title="Profile" lead="How others see you.">
        <ProfileForm />
      </Section>
      <Section title="Theme" lead="Kept in this browser.">
        <ThemeChoices />
      </Section>
      <Section title="Leave" lead="Ends the session on this device.">
        <SignOut />
      </Section>
    </>
  );
}
