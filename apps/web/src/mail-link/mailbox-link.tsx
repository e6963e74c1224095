import { useQuery } from '@tanstack/react-query';

/** On a server that sends no mail, such as one in development: where to read it instead. Nothing elsewhere. */
export function MailboxLink() {
  const mailbox = useQuery({
    queryKey: ['mailbox'],
    queryFn: async () => (await fetch('/dev/mailbox.json', { method: 'HEAD' })).ok,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (mailbox.data !== true) return null;
  return (
    <p className="text-sm text-ink-soft">
      This server sends no mail.{' '}
      <a href="/dev/mailbox" target="_blank" rel="noreferrer" className="text-link">
        Read it in the mailbox
      </a>
    </p>
  );
}
