import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { errorSentence } from '../../shell/error-sentence.ts';
import { PageHeading } from '../../shell/page-heading.tsx';
import { Question } from './question.tsx';

/** `/admin/simulator`: whether somebody may do something, asked of the rules that the server itself reads. */
export function SimulatorPage() {
  const { api } = useAtrium();
  const policies = useQuery({ ...api.admin.policies.query(), staleTime: Infinity });
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <PageHeading title="Policy simulator" />
        <p className="max-w-prose text-ink-soft">
          May somebody do something, and which rule says so? Answered as if they had just signed in, with a browser.
          Nothing is done.
        </p>
      </div>
      {policies.isPending && <Progress label="Looking for the procedures" />}
      {policies.isError && <FormError>{errorSentence(policies.error)}</FormError>}
      {policies.data !== undefined && <Question policies={policies.data} />}
    </div>
  );
}
