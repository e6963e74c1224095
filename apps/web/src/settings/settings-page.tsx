import { ThemeChoices } from '@atrium/ui';
import { type ReactNode, useId } from 'react';
import { PageHeading } from '../shell/page-heading.tsx';
import { DeviceList } from './device-list.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
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
      <PasskeysSection />
      <SecondFactorSection />
      <Section title="Devices" lead="Where you are signed in. Sign one out and its open rooms close at once.">
        <DeviceList />
      </Section>
      <Section title="Leave" lead="Ends the session on this device.">
        <SignOut />
      </Section>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-5 border-t border-line pt-7 pb-6 first-of-type:mt-4 md:grid-cols-[14rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="text-2xl">
          {title}
        </h2>
        <p className="mt-1 text-sm text-ink-soft">{lead}</p>
      </div>
      <div>{children}</div>
    </section>
  );
}
