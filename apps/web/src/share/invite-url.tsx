import type { CreatedInvite } from '@atrium/api';
import { CopyField } from '../form/copy-field.tsx';
import { QrCode } from '../form/qr-code.tsx';

/** The address of a new invitation. It is shown this one time: the server keeps no copy that could be read. */
export function InviteUrl({ invite }: { readonly invite: CreatedInvite }) {
  return (
    <div className="grid gap-3">
      <CopyField
        label="Invitation link"
        action="Copy link"
        value={invite.url}
        hint="Copy it now: for safety it is not shown again."
      />
      <details className="group">
        <summary className="w-fit cursor-pointer text-sm font-semibold text-accent">Show it as a QR code</summary>
        <div className="mt-3">
          <QrCode text={invite.url} label="The invitation link as a QR code" />
        </div>
      </details>
    </div>
  );
}
