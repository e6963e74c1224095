import { expect, test } from 'vitest';
import { fromCanvas, hexColour, withHexColours } from './hex-colours.ts';

const toHex = (colour: string) => (colour.startsWith('rgb(') ? '#c81e1e' : null);

test.each([
  ['#fff', '#fff'],
  [' red ', 'red'],
  ['transparent', 'transparent'],
  ['rgb(200, 30, 30)', '#c81e1e'],
  ['url(x)', null],
])('the colour %j is stored as %j', (colour, hex) => {
  expect(hexColour(colour, toHex)).toBe(hex);
});

test('an element whose colours are good stays the same object', () => {
  const element = { strokeColor: '#1e1e1e', backgroundColor: 'transparent' };
  expect(withHexColours(element, toHex)).toBe(element);
  expect(withHexColours({ ...element, strokeColor: 'rgb(200, 30, 30)' }, toHex)).toEqual({
    strokeColor: '#c81e1e',
    backgroundColor: 'transparent',
  });
});

test.each([
  ['#663399', '#663399'],
  ['rgba(1, 2, 255, 0.5)', '#0102ff80'],
  ['color(display-p3 1 0 0)', null],
])('a canvas that says %j means %j', (style, hex) => {
  expect(fromCanvas(style)).toBe(hex);
});
