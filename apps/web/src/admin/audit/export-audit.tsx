import { useAtrium } from '@atrium/client/react';
import { Button, FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';
import { saveFile, sizeWords, today } from '../../shell/save-file.ts';
import type { AuditSearch } from './audit-search.ts';
import { gatherCsv } from './gather-csv.ts';

/** Downloads all that fits the filter, not only what the page shows, as one file. */
export function ExportAudit({ search }: { readonly search: AuditSearch }) {
  const { client } = useAtrium();
  const [pages, setPages] = useState(0);
  const download = useMutation({
    mutationFn: async (wanted: AuditSearch) => {
      setPages(0);
      const read = (before: string | undefined) => client.trpc.admin.exportAudit.mutate({ ...wanted, before });
      const file = new Blob([...(await gatherCsv(read, setPages))], { type: 'text/csv' });
      saveFile(file, `atrium-audit-${today()}.csv`);
      return file.size;
    },
  });
  return (
    <div className="grid justify-items-start gap-2">
      {download.isError && <FormError key={download.submittedAt}>{errorSentence(download.error)}</FormError>}
      <Button isPending={download.isPending} onPress={() => download.mutate(search)}>
        <Download size={18} aria-hidden />
        Export as CSV
      </Button>
      <output className="text-sm text-ink-soft empty:hidden">
        {download.isPending && pages > 0 && `Reading: ${(pages * 1_000).toLocaleString('en')} events so far.`}
        {download.isSuccess && `Saved: ${sizeWords(download.data)}. That it was taken out stands in the log.`}
      </output>
    </div>
  );
}
