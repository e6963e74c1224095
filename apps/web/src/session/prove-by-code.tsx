import { useAtrium } from '@atrium/client/react';
import { FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { TotpCodeField } from '../second-factor/totp-code-field.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { ProofButtons } from './proof-buttons.tsx';
import { useProved } from './use-proved.ts';

export function ProveByCode() {
  const { api } = useAtrium();
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const checks = useChecks({ code: code.trim() === '' ? 'Enter the code.' : undefined });
  const prove = useMutation({ ...api.auth.reauthenticate.mutation(), onSuccess: useProved() });
  return (
    <form ref={form} noValidate className="grid gap-5" onSubmit={checks.onSubmit(prove, { code })}>
      {prove.isError && <FormError key={prove.submittedAt}>{errorSentence(prove.error)}</FormError>}
      <TotpCodeField
        hint="The six digits that your authenticator app shows for Atrium."
        value={code}
        error={checks.field('code').error}
        onChange={(event) => setCode(event.target.value)}
      />
      <ProofButtons type="submit" isPending={prove.isPending}>
        Go on
      </ProofButtons>
    </form>
  );
}
