import type { AnyRouter } from '@tanstack/react-router';

let navigated = false;

/** True once the person has moved from one page to another without loading the document. */
export function hasNavigated(): boolean {
  return navigated;
}

export function watchNavigation(router: AnyRouter): void {
  router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
    if (fromLocation !== undefined && pathChanged) navigated = true;
  });
}
