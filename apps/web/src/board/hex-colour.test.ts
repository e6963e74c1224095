import { expect, test } from 'vitest';
import { pair } from './board-sync-world.ts';
import { type ColourContext, hexColourReader, withHexColours } from './hex-colour.ts';

/** A canvas that knows two colours in words, as a browser does: others leave the colour before in place. */
class FakeContext {
  painted: string[] = [];
  private style = '#000000';

  get fillStyle(): string {
    return this.style;
  }

  set fillStyle(css: string) {
    if (css.startsWith('#') || css in pixels) this.style = css;
  }

  clearRect(): void {}

  fillRect(): void {
    this.painted.push(this.style);
  }

  getImageData(): { data: readonly number[] } {
    return { data: pixels[this.style] ?? [0, 0, 0, 255] };
  }
}

const pixels: { readonly [css: string]: readonly number[] } = {
  'rgb(200, 30, 30)': [200, 30, 30, 255],
  'hsl(0 0% 0% / 50%)': [0, 0, 0, 128],
};

function reader() {
  const context = new FakeContext();
  return { context, toHex: hexColourReader(() => context as unknown as ColourContext) };
}

test('any colour of CSS becomes #hex, its transparency included', () => {
  const { toHex } = reader();
  expect(toHex('rgb(200, 30, 30)')).toBe('#c81e1e');
  expect(toHex('hsl(0 0% 0% / 50%)')).toBe('#00000080');
});

test('hex and names stay as they are and cost nothing; what cannot be read is handed back', () => {
  const { context, toHex } = reader();
  for (const css of ['#fff', '#a1b2c3d4', 'transparent', 'RebeccaPurple']) expect(toHex(css)).toBe(css);
  expect(toHex('rgb(what)')).toBe('rgb(what)');
  expect(context.painted).toEqual([]);
});

test('a colour is read once', () => {
  const { context, toHex } = reader();
  toHex('rgb(200, 30, 30)');
  toHex('rgb(200, 30, 30)');
  expect(context.painted).toHaveLength(1);
});

test('an element without such colours is the same object', () => {
  const { toHex } = reader();
  const plain = { strokeColor: '#fff', backgroundColor: 'transparent' };
  expect(withHexColours(plain, toHex)).toBe(plain);
  expect(withHexColours({ ...plain, backgroundColor: 'rgb(200, 30, 30)' }, toHex)).toEqual({
    strokeColor: '#fff',
    backgroundColor: '#c81e1e',
  });
});

test('what is drawn in such a colour reaches the others and stays on the canvas', () => {
  const { world, a, b } = pair();
  a.draw('r', { strokeColor: 'rgb(200, 30, 30)' });
  world.settle();
  a.draw('r', { x: 40 });
  world.settle();
  expect(a.sync.takeRefused()).toEqual([]);
  expect(a.get('r')).toMatchObject({ isDeleted: false, x: 40 });
  expect(b.get('r')).toMatchObject({ strokeColor: '#c81e1e', x: 40 });
});
