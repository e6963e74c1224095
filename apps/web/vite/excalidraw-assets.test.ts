import { expect, test } from 'vitest';
import { keepFontsHome, shippedFonts } from './excalidraw-assets.ts';

test('ships every font but the large one, less than a megabyte in all', () => {
  const fonts = shippedFonts();
  expect(fonts.length).toBeGreaterThan(10);
  expect(fonts.some((font) => font.path.includes('Xiaolai'))).toBe(false);
  expect(fonts.reduce((sum, font) => sum + font.bytes, 0)).toBeLessThan(1_000_000);
});

test('the foreign fallback becomes an address of ours, as in both builds of Excalidraw', () => {
  const minified =
    'P(jn,"ASSETS_FALLBACK_URL",`https://esm.sh/${M.PKG_NAME?`${M.PKG_NAME}@${M.PKG_VERSION}`:"@excalidraw/excalidraw"}/dist/prod/`);';
  expect(keepFontsHome(minified, 'fonts/Small.woff2')).toBe(
    'P(jn,"ASSETS_FALLBACK_URL",new URL("/excalidraw-assets/", window.location.origin).href);',
  );
});

test('the face that is left out is replaced by one that is there', () => {
  expect(keepFontsHome('var Ic="./fonts/Xiaolai/Xiaolai-Regular-0985.woff2";', 'fonts/Small.woff2')).toBe(
    'var Ic="./fonts/Small.woff2";',
  );
});
