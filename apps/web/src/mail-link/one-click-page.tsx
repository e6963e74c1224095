import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError } from '@atrium/ui';
import { useMutation, type UseMutationOptions, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { DeadLink } from './dead-link.tsx';
import { LinkPage, type LinkPageProps, type OpenedLink } from './link-page.tsx';
import { isDeadLink } from './link-refusal.ts';
import { LinkSheet } from './link-sheet.tsx';

export interface OneClickPageProps {
  readonly purpose: LinkPageProps['purpose'];
  readonly title: string;
  /** What the click does to the address that the link was sent to. */
  readonly lead: (email: string) => string;
  /** What the button says. */
  readonly action: string;
  readonly mutation: UseMutationOptions<unknown, Error, { readonly token: string }>;
  /** The page after the click. */
  readonly children: (email: string) => ReactNode;
}

/** The page of a link that does one thing to an address, which one click allows. */
export function OneClickPage({ purpose, ...click }: OneClickPageProps) {
  return (
    <LinkPage purpose={purpose} renewal={<NewLink />}>
      {(link) => <OneClick {...link} {...click} />}
    </LinkPage>
  );
}

/** Who is signed in asks for a new one in the settings; who is not signs in first. */
function NewLink() {
  return (
    <Link to="/settings/sign-in" className={buttonClass('primary')}>
      To my address, for a new link
    </Link>
  );
}

type OneClickProps = OpenedLink & Omit<OneClickPageProps, 'purpose'>;

function OneClick({ token, email, onUsed, title, lead, action, mutation, children }: OneClickProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const click = useMutation({
    ...mutation,
    onSuccess: async () => {
      onUsed();
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
    },
  });
  if (click.isSuccess) return children(email);
  if (isDeadLink(click.error)) {
    return (
      <DeadLink>
        <NewLink />
      </DeadLink>
    );
  }
  return (
    <LinkSheet title={title} lead={lead(email)}>
      {click.isError && <FormError key={click.submittedAt}>{errorSentence(click.error)}</FormError>}
      <div className="flex flex-wrap gap-3">
        <Button look="primary" size="large" isPending={click.isPending} onPress={() => click.mutate({ token })}>
          {action}
        </Button>
        <Link to="/" className={buttonClass('plain', 'large')}>
          Not now
        </Link>
      </div>
    </LinkSheet>
  );
}
