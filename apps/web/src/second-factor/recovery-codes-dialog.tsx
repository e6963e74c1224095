import { Button, Dialog } from '@atrium/ui';
import { RecoveryCodeList } from './recovery-code-list.tsx';

export interface RecoveryCodesDialogProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** An alert dialog, which no click beside it closes: the codes are shown this one time. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  return (
    <Dialog role="alertdialog" title="Your recovery codes" isOpen onClose={onClose}>
      <RecoveryCodeList codes={codes} />
      <div className="flex justify-end">
        <Button look="primary" onPress={onClose}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}
