import { PageHeading } from '../shell/page-heading.tsx';
import { DeviceList } from './device-list.tsx';
import { Section } from '../shell/section.tsx';

export function DevicesPage() {
  return (
    <>
      <PageHeading title="Devices" />
      <Section title="Signed in" lead="Where you are signed in. Sign one out and its open rooms close at once.">
        <DeviceList />
      </Section>
    </>
  );
}
