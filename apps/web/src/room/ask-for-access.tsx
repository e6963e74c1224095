import { Button } from '@atrium/ui';
import { type AskForAccessProps, useAskForAccess } from './use-ask-for-access.ts';

/** For who came by an address that opens nothing to them: whether there is a room, and whose, is not told. */
export function AskForAccess(props: AskForAccessProps) {
  const { isWaiting, isPending, ask } = useAskForAccess(props);
  if (isWaiting) {
    return (
      <output className="block rounded-control bg-accent-soft px-4 py-3 text-accent-strong">
        If there is such a room, its owners see now that you would like to come in. This page opens it as soon as one of
        them lets you in.
      </output>
    );
  }
  return (
    <Button look="primary" isPending={isPending} onPress={ask}>
      Ask to be let in
    </Button>
  );
}
