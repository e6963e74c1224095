import { useAtrium } from '@atrium/client/react';
import { useQuery } from '@tanstack/react-query';
import { ClaimForm } from '../claim/claim-form.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { AddressForm } from './address-form.tsx';
import { IdentitiesSection } from './identities-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { Section } from '../shell/section.tsx';

/** Everything that lets somebody into this account. */
export function SignInSettingsPage() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  return (
    <>
      <PageHeading title="Sign-in" />
      {user?.guest ? (
        <Section title="No account yet" lead="You are here as a guest: this browser is your only way back.">
          <ClaimForm />
        </Section>
      ) : (
        <>
          <Section title="Email address" lead="You sign in with it, and we write to it when something changes.">
            <AddressForm />
          </Section>
          <Section title="Password" lead="Changing it signs out your other devices.">
            <PasswordForm />
          </Section>
          <PasskeysSection />
          <SecondFactorSection />
          <IdentitiesSection />
        </>
      )}
    </>
  );
}
