import { Button, type ButtonProps } from '@atrium/ui';
import { answerProof } from './proof-request.ts';

/** Ends every way to prove who one is: Cancel, and beside it the button that goes on, which the props are for. */
export function ProofButtons(props: Omit<ButtonProps, 'look'>) {
  return (
    <div className="flex flex-wrap justify-end gap-3">
      <Button onPress={() => answerProof(false)}>Cancel</Button>
      <Button {...props} look="primary" />
    </div>
  );
}
