import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { errorSentence } from '../shell/error-sentence.ts';
import { setupToken } from './setup-token.ts';

export function BecomeAdministrator({ token, name }: { readonly token: string; readonly name: string }) {
  const become = useBecomeFirst();
  if (refusalOf(become.error)?.reason === 'LINK_INVALID') return <DeadSetupLink />;
  return (
    <>
      <p>You are signed in as {name}.</p>
      {become.isError && <FormError key={become.submittedAt}>{errorSentence(become.error)}</FormError>}
      <Button look="primary" size="large" isPending={become.isPending} onPress={() => become.mutate({ token })}>
        Become the administrator
      </Button>
    </>
  );
}

function useBecomeFirst() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    ...api.admin.becomeFirst.mutation(),
    onSuccess: async () => {
      setupToken().forget();
      await queryClient.fetchQuery({ ...api.auth.me.query(), staleTime: 0 });
      toast('You are the administrator of this server.');
      await navigate({ to: '/admin' });
    },
    onError: (error) => {
      if (refusalOf(error)?.reason === 'LINK_INVALID') setupToken().forget();
    },
  });
}

function DeadSetupLink() {
  return (
    <>
      <FormError>This link does not work any more.</FormError>
      <p>
        It was used, it is too old, or the server has printed a newer one since. Look at the end of what it prints, or
        start it once more. Where there is an administrator already, they can make you one too.
      </p>
      <Link to="/rooms" className={buttonClass()}>
        Go to your rooms
      </Link>
    </>
  );
}
