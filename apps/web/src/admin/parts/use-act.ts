import { useAtrium } from '@atrium/client/react';
import { toast } from '@atrium/ui';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { errorSentence } from '../../shell/error-sentence.ts';

export interface ActOptions {
  /** Said once it is done. */
  readonly done: string;
  /** Runs before the pages ask again, such as to close the dialog or to leave a page whose thing is gone. */
  readonly onDone?: () => unknown;
  /** Without a dialog that shows it, a refusal is told as a toast. */
  readonly isErrorTold?: boolean;
}

/** Something that an administrator does: once it is done, it is said, and every page of the control panel asks again. */
export function useAct<Input, Output>(
  mutation: { readonly mutationKey: QueryKey; readonly mutationFn: (input: Input) => Promise<Output> },
  { done, onDone, isErrorTold = false }: ActOptions,
) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return useMutation({
    ...mutation,
    onSuccess: async () => {
      toast(done);
      await onDone?.();
      await queryClient.invalidateQueries({ queryKey: api.admin.key() });
    },
    ...(isErrorTold && { onError: (error: unknown) => toast(errorSentence(error)) }),
  });
}
