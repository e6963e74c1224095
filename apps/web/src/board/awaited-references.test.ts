import { checkElement } from '@atrium/kinds/board';
import { expect, test } from 'vitest';
import { AwaitedReferences } from './awaited-references.ts';
import { blankText, type Canvas, expectAgreement, pair } from './board-sync-world.ts';

const arrow = {
  type: 'arrow',
  x: 0,
  y: 0,
  width: 50,
  height: 50,
  points: [
    [0, 0],
    [50, 50],
  ],
  startBinding: null,
  startArrowhead: null,
  endArrowhead: 'arrow',
  elbowed: false,
  fixedSegments: null,
  startIsSpecial: null,
  endIsSpecial: null,
};

test('tells each target once who waits for it', () => {
  const checked = checkElement({ ...arrow, id: 'a', frameId: 'f', endBinding: { elementId: 'r', focus: 0, gap: 1 } });
  if (!checked.ok) throw new Error(checked.sentence);
  const awaited = new AwaitedReferences();
  awaited.note(checked.element, { ...checked.element, frameId: null });
  expect([...awaited.take('r')]).toEqual([]);
  expect([...awaited.take('f')]).toEqual(['a']);
  expect([...awaited.take('f')]).toEqual([]);
});

test('a frame that is pasted with 250 children keeps them all', () => {
  const { world, a, b } = pair();
  for (let i = 0; i < 250; i += 1) a.draw(`c${i}`, { frameId: 'f', index: `b${String(i).padStart(3, '0')}V` });
  a.draw('f', { type: 'frame', name: null, width: 500, height: 500, index: 'c00' });
  world.settle();
  const children = b.elements.filter((element) => Reflect.get(element, 'frameId') === 'f');
  expect(children).toHaveLength(250);
  expectAgreement(world);
});

/** More than fits into one command. */
function fill(canvas: Canvas, index: string, count: number): void {
  for (let i = 0; i < count; i += 1) canvas.draw(`x${index}${i}`, { index: `${index}${String(i).padStart(3, '0')}V` });
}

test('an arrow that leaves before its shape is bound once the shape has left', () => {
  const { world, a, b } = pair();
  const endBinding = { elementId: 'r', focus: 0, gap: 1 };
  a.draw('a', { ...arrow, endBinding, index: 'a1' });
  fill(a, 'b', 450);
  a.draw('r', { index: 'c00', boundElements: [{ id: 'a', type: 'arrow' }] });
  world.settle();
  expect(b.get('a')).toMatchObject({ endBinding });
  expect(b.get('r')).toMatchObject({ boundElements: [{ id: 'a', type: 'arrow' }] });
  expect(a.get('a')).toMatchObject({ endBinding });
  expectAgreement(world);
});

test('the arrow is also bound when its shape was left over from a command that was full', () => {
  const { world, a, b } = pair();
  a.draw('r', { index: 'c00' });
  for (let i = 0; i < 14; i += 1) a.draw(`t${i}`, { ...blankText, index: `d${String(i).padStart(2, '0')}V` });
  world.settle();
  for (let i = 0; i < 14; i += 1) a.draw(`t${i}`, { text: 'm'.repeat(9_000), originalText: 'm'.repeat(9_000) });
  a.draw('s', { index: 'e00' });
  const endBinding = { elementId: 's', focus: 0, gap: 1 };
  a.draw('a', { ...arrow, endBinding, index: 'a1' });
  world.settle();
  expect(b.get('a')).toMatchObject({ endBinding });
  expectAgreement(world);
});

test('a reference to what never comes holds up nothing', () => {
  const { world, a } = pair();
  a.draw('c', { frameId: 'nowhere' });
  world.settle();
  expect(a.sync.hasChanges).toBe(false);
  expect(world.state.get('element', 'c')).toMatchObject({ frameId: null });
});
