import type { RecoveryCodes, TotpSetup } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { CopyButton } from './copy-button.tsx';
import { QrCode } from '../form/qr-code.tsx';
import { TotpCodeField, totpProblem } from './totp-code-field.tsx';

export interface TotpSetupDialogProps {
  readonly setup: TotpSetup;
  readonly onEnabled: (codes: readonly string[]) => void;
  readonly onClose: () => void;
}

/** From the secret to the first code, which turns the second factor on. */
export function TotpSetupDialog({ setup, onEnabled, onClose }: TotpSetupDialogProps) {
  const { api } = useAtrium();
  const [code, setCode] = useState('');
  const checks = useChecks({ code: totpProblem(code) });
  const confirm = useMutation({
    ...api.account.totp.confirm.mutation(),
    onSuccess: ({ recoveryCodes }: RecoveryCodes) => onEnabled(recoveryCodes),
  });
  return (
    <Dialog role="alertdialog" title="Set up your app" isOpen onClose={onClose}>
      <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(confirm, { code })}>
        {confirm.isError && <FormError key={confirm.submittedAt}>{errorSentence(confirm.error)}</FormError>}
        <p>Scan this with an authenticator app on your phone, then type the code that it shows.</p>
        <QrCode text={setup.uri} label="QR code for your authenticator app" />
        <Secret secret={setup.secret} />
        <TotpCodeField value={code} onChange={(event) => setCode(event.target.value)} {...checks.field('code')} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={confirm.isPending}>
            Turn on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-ink-soft">No camera at hand? Type this key into the app instead:</p>
      <div className="flex flex-wrap gap-3">
        <code className="rounded-control bg-sunken px-3 py-2 font-mono break-words">
          {(secret.match(/.{1,4}/g) ?? []).join(' ')}
        </code>
        <CopyButton text={secret} label="Copy key" size="small" />
      </div>
    </div>
  );
}
