import type { CreatedInvite } from '@atrium/api';
import { CopyField } from '../form/copy-field.tsx';

/** The address of a new invitation. It is shown this one time: the server keeps no copy that could be read. */
export function InviteUrl({ invite }: { readonly invite: CreatedInvite }) {
  return (
    <CopyField
      label="Invitation link"
      action="Copy link"
      value={invite.url}
      hint="Copy it now: for safety it is not shown again."
    />
  );
}
