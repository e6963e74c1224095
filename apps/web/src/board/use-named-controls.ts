import { type RefObject, useEffect } from 'react';

const names: readonly (readonly [selector: string, name: string])[] = [
  ['[data-testid="main-menu-trigger"]', 'Board menu'],
  ['.App-toolbar__extra-tools-trigger', 'More tools'],
  ['.color-picker-container[role="dialog"]', 'Colours'],
];

/** Gives names to Excalidraw's controls that have none, whenever it draws them again. */
export function useNamedControls(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const nameAll = () => {
      for (const [selector, name] of names) {
        for (const control of element.querySelectorAll(`${selector}:not([aria-label])`)) {
          control.setAttribute('aria-label', name);
        }
      }
      // It is the editor's toolbar at the bottom, not the footer of the page.
      element.querySelector('footer[role="contentinfo"]')?.removeAttribute('role');
    };
    nameAll();
    const observer = new MutationObserver(nameAll);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [container]);
}
