import { Button } from '@atrium/ui';
import { Download, Printer } from 'lucide-react';
import { CopyButton } from './copy-button.tsx';

/** The recovery codes, this one time. `print-alone` leaves everything else off the paper. */
export function RecoveryCodeList({ codes }: { readonly codes: readonly string[] }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="grid gap-5">
      <p>
        If your phone is lost, one of these signs you in instead of the code. Each works once. Keep them where you keep
        important papers: they are not shown again.
      </p>
      <ul
        aria-label="Recovery codes"
        className="print-alone grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-control bg-sunken px-4 py-3 font-mono text-[0.9375rem]"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} label="Copy" size="small" />
        <Button size="small" onPress={() => download(text)}>
          <Download size={16} aria-hidden /> Download
        </Button>
        <Button size="small" onPress={() => window.print()}>
          <Printer size={16} aria-hidden /> Print
        </Button>
      </div>
    </div>
  );
}

function download(codes: string): void {
  const url = URL.createObjectURL(new Blob([`Recovery codes for Atrium (${location.host})\n\n${codes}`]));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'atrium-recovery-codes.txt' });
  link.click();
  URL.revokeObjectURL(url);
}
