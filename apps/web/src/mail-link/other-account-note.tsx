import { useAtrium } from '@atrium/client/react';
import { useQuery } from '@tanstack/react-query';

/** Says so when somebody else is signed in here than the person the link is for. */
export function OtherAccountNote({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user || user.email?.toLowerCase() === email.toLowerCase()) return null;
  return (
    <p className="rounded-control border-l-4 border-warn bg-warn-soft px-4 py-3">
      {user.guest ? `You are here as the guest ${user.name}` : `You are signed in as ${user.name} (${user.email})`}.
      This link is for {email}: going on signs the other one out in this browser.
    </p>
  );
}
