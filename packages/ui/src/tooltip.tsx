import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

/** Text that appears when `children` (one focusable element) is pointed at or focused. */
export function Tooltip({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <TooltipTrigger delay={400} closeDelay={100}>
      {children}
      <AriaTooltip
        offset={8}
        className="max-w-64 animate-appear rounded-md bg-ink px-2.5 py-1.5 text-sm font-medium text-ground"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
