import { toast } from '@atrium/ui';
import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { isAskingForProof, stopAsking, subscribeToProof } from './proof-request.ts';

/** Loaded with the first delicate change, not with the first page. */
const SudoDialog = lazy(() =>
  import('./sudo-dialog.tsx').then(
    (loaded): { default: ComponentType } => ({ default: loaded.SudoDialog }),
    () => ({ default: NotLoaded }),
  ),
);

/** Where the dialog appears that asks who is there; once per page. */
export function SudoPrompt() {
  const isAsking = useSyncExternalStore(subscribeToProof, isAskingForProof);
  return <Suspense>{isAsking && <SudoDialog />}</Suspense>;
}

/** Without its dialog the question cannot be answered: the change is refused, and nothing waits for ever. */
function NotLoaded() {
  useEffect(() => {
    stopAsking();
    toast('This page could not load everything it needs. Reload it and try again.');
  }, []);
  return null;
}
