import type { Plugin } from 'vite';

/** The two faces of the first paint; every other subset is loaded when a page needs it. */
const firstFaces = /(?:inter|bricolage-grotesque)-latin-wght-normal-[\w-]+\.woff2$/u;

/** Lets the browser fetch the fonts of the first paint beside the style sheet instead of after it. */
export function preloadFonts(): Plugin {
  return {
    name: 'atrium:preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((fileName) => firstFaces.test(fileName))
          .map((fileName) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${fileName}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}
