import { useAtrium } from '@atrium/client/react';
import { Button, FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { errorSentence } from '../shell/error-sentence.ts';
import { saveFile, sizeWords, today } from '../shell/save-file.ts';

/** Downloads everything, and says what is happening meanwhile. */
export function ExportData() {
  const { client } = useAtrium();
  const download = useMutation({
    mutationFn: async () => {
      const everything = await gather((cursor) => client.trpc.account.export.query(cursor === null ? {} : { cursor }));
      const file = new Blob([JSON.stringify(everything, null, 2)], { type: 'application/json' });
      saveFile(file, `atrium-${today()}.json`);
      return file.size;
    },
  });
  return (
    <div className="grid justify-items-start gap-4">
      {download.isError && <FormError key={download.submittedAt}>{errorSentence(download.error)}</FormError>}
      <p>Your profile, your devices, what happened to your account, and the boards that you own, as JSON.</p>
      <Button isPending={download.isPending} onPress={() => download.mutate()}>
        <Download size={18} aria-hidden />
        Download everything
      </Button>
      <output className="text-sm text-ink-soft empty:hidden">
        {download.isPending && 'Gathering everything. This can take a moment.'}
        {download.isSuccess && `Saved: ${sizeWords(download.data)}.`}
      </output>
    </div>
  );
}

/** All pages as one: the account stands on the first, rooms on each. */
async function gather<Page extends { readonly rooms: readonly unknown[]; readonly next: string | null }>(
  read: (cursor: string | null) => Promise<Page>,
) {
  const { next: more, ...everything } = await read(null);
  const rooms = [...everything.rooms];
  for (let next = more; next !== null;) {
    const page = await read(next);
    rooms.push(...page.rooms);
    next = page.next;
  }
  return { ...everything, rooms };
}
