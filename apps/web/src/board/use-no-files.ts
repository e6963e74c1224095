import { toast } from '@atrium/ui';
import { type RefObject, useEffect } from 'react';

/** Files that are pasted or dropped are refused before the canvas sees them: a board holds no images yet. */
export function useNoFiles(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const refuse = (event: ClipboardEvent | DragEvent) => {
      const data = event instanceof DragEvent ? event.dataTransfer : event.clipboardData;
      if (!data || (data.files.length === 0 && !bringsImages(data))) return;
      event.preventDefault();
      event.stopPropagation();
      toast('A board cannot hold images or other files.');
    };
    element.addEventListener('paste', refuse, { capture: true });
    element.addEventListener('drop', refuse, { capture: true });
    return () => {
      element.removeEventListener('paste', refuse, { capture: true });
      element.removeEventListener('drop', refuse, { capture: true });
    };
  }, [container]);
}

/** Copied from a page: the canvas would fetch these images from wherever they are. */
function bringsImages(data: DataTransfer): boolean {
  return /<img\b/i.test(data.getData('text/html'));
}
