/**
 * Excalidraw as this app may ship it: its fonts come from our origin, and nothing in it can ask another one.
 *
 * - The fonts are copied to `/excalidraw-assets/fonts` (set `window.EXCALIDRAW_ASSET_PATH` to `/excalidraw-assets/`),
 *   without the Chinese and Japanese handwriting face: 12.7 of 13.2 MB. Its uses point to the smallest face that is
 *   shipped, which has none of these letters, so the browser falls back to a font of the system.
 * - The address of a foreign font server, which Excalidraw adds behind every font as a fallback, becomes ours.
 * - Mermaid, a megabyte that only a hidden dialog uses, is left out.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const publicPath = '/excalidraw-assets/';
const foreignFonts = /`https:\/\/esm\.sh\/\$\{[^"]*"@excalidraw\/excalidraw"\}\/dist\/prod\/`/g;
const leftOutFonts = /"\.\/fonts\/Xiaolai\/[^"]+"/g;
const mermaid = '@excalidraw/mermaid-to-excalidraw';

interface Font {
  /** As in `fonts/Virgil/Virgil-Regular.woff2`. */
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
}

/** The fonts that are shipped, smallest first. */
export function shippedFonts(): readonly Font[] {
  const root = join(dirname(createRequire(import.meta.url).resolve('@excalidraw/excalidraw')), 'fonts');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.woff2') && !name.startsWith('Xiaolai/'))
    .map((name) => ({ path: `fonts/${name}`, file: join(root, name), bytes: statSync(join(root, name)).size }))
    .toSorted((a, b) => a.bytes - b.bytes);
}

/** Excalidraw's code with every font address on our origin. */
export function keepFontsHome(code: string, stand: string): string {
  return code
    .replace(foreignFonts, `new URL(${JSON.stringify(publicPath)}, window.location.origin).href`)
    .replace(leftOutFonts, JSON.stringify(`./${stand}`));
}

function isExcalidraw(id: string): boolean {
  return /@excalidraw\/excalidraw\/[^?]*\.js(?:\?|$)/.test(id);
}

/** The transforms alone: the development server needs them once more for what it bundles ahead. */
function rewrite(stand: string): Pick<Plugin, 'name'> & {
  resolveId: (source: string) => string | null;
  load: (id: string) => string | null;
  transform: (code: string, id: string) => { code: string; map: null } | null;
} {
  return {
    name: 'excalidraw-rewrite',
    resolveId: (source) => (source === mermaid ? `\0${mermaid}` : null),
    load: (id) =>
      id === `\0${mermaid}`
        ? `export const parseMermaidToExcalidraw = () => Promise.reject(new Error('Diagrams from text are not available.'));`
        : null,
    transform: (code, id) => (isExcalidraw(id) ? { code: keepFontsHome(code, stand), map: null } : null),
  };
}

/** The Vite plugin; the build fails when Excalidraw's code changed so that a foreign address is left in it. */
export function excalidrawAssets(): Plugin {
  const fonts = shippedFonts();
  const stand = fonts[0]?.path;
  if (!stand) throw new Error('Excalidraw comes without fonts: is it installed?');
  const byUrl = new Map(fonts.map((font) => [publicPath + font.path, font.file]));
  return {
    ...rewrite(stand),
    name: 'excalidraw-assets',
    // Before Vite finds Mermaid itself.
    enforce: 'pre',
    config: () => ({ optimizeDeps: { rolldownOptions: { plugins: [rewrite(stand)] } } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = byUrl.get(request.url?.split('?')[0] ?? '');
        if (!file) return next();
        response.setHeader('Content-Type', 'font/woff2');
        response.end(readFileSync(file));
      });
    },
    generateBundle(_options, bundle) {
      for (const font of fonts) {
        this.emitFile({ type: 'asset', fileName: publicPath.slice(1) + font.path, source: readFileSync(font.file) });
      }
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && /esm\.sh|fonts\/Xiaolai/.test(chunk.code)) {
          this.error(`${chunk.fileName} still has a font address that is not ours.`);
        }
      }
    },
  };
}
