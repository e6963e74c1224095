import { PageHeading } from '../shell/page-heading.tsx';
import { ApiTokensSection } from './api-tokens-section.tsx';

/** What programs may do in the name of this person. */
export function TokensPage() {
  return (
    <>
      <PageHeading title="API tokens" />
      <ApiTokensSection />
    </>
  );
}
