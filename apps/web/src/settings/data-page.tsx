import { PageHeading } from '../shell/page-heading.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { ExportData } from './export-data.tsx';
import { Section } from '../shell/section.tsx';

export function DataPage() {
  return (
    <>
      <PageHeading title="Your data" />
      <Section title="Take it with you" lead="Everything that this server knows about you, in one file.">
        <ExportData />
      </Section>
      <Section title="Delete the account" lead="With seven days to think again.">
        <DeleteAccount />
      </Section>
    </>
  );
}
