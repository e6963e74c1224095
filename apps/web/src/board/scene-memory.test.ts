import { describe, expect, test } from 'vitest';
import { expectAgreement, pair, visible } from './board-sync-world.ts';
import type { SceneElement } from './scene-element.ts';
import { SceneMemory } from './scene-memory.ts';

const element = (id: string, versionNonce: number): SceneElement => ({
  id,
  versionNonce,
  type: 'rectangle',
  version: 1,
  isDeleted: false,
  index: 'a0',
});

test('a look tells what is new, what changed and what is missing, each once', () => {
  const memory = new SceneMemory();
  expect(memory.look([element('r', 1), element('s', 1)])).toEqual({ changed: ['r', 's'], missing: [] });
  expect(memory.look([element('r', 2), element('s', 1)])).toEqual({ changed: ['r'], missing: [] });
  expect(memory.look([element('s', 1)])).toEqual({ changed: [], missing: ['r'] });
  expect(memory.look([element('s', 1)])).toEqual({ changed: [], missing: [] });
  expect(memory.look([element('r', 2), element('s', 1)])).toEqual({ changed: ['r'], missing: [] });
});

test('what is known but was never on the canvas is not missing', () => {
  const memory = new SceneMemory();
  memory.know(element('r', 1));
  expect(memory.look([])).toEqual({ changed: [], missing: [] });
  expect(memory.look([element('r', 1)])).toEqual({ changed: [], missing: [] });
});

describe('an unfinished element that the canvas takes off without a mark', () => {
  test('goes from the server and from the others when it was sent and answered', () => {
    const { world, a, b } = pair();
    a.draw('r', { width: 40 });
    a.underPen.add('r');
    world.settle();
    expect(visible(b.elements)).toHaveProperty('r');
    a.underPen.clear();
    a.drop('r');
    world.settle();
    expect(world.state.size('element')).toBe(0);
    expect(visible(a.elements)).toEqual({});
    expectAgreement(world);
  });

  test('goes when its arrival was not answered yet', () => {
    const { world, a } = pair();
    a.draw('r', {});
    a.flush();
    a.drop('r');
    a.paint();
    while (world.decideOne(a));
    while (world.deliverOne(a));
    a.paint();
    expect(visible(a.elements)).toEqual({});
    world.settle();
    expect(world.state.size('element')).toBe(0);
    expectAgreement(world);
  });

  test('that was never sent leaves nothing behind', () => {
    const { world, a } = pair();
    a.draw('r', { width: 0, height: 0 });
    a.underPen.add('r');
    a.flush();
    a.underPen.clear();
    a.drop('r');
    a.flush();
    expect(a.outbox).toEqual([]);
    expect(a.sync.hasChanges).toBe(false);
    world.settle();
    expectAgreement(world);
  });

  test('stays for as long as the canvas says that it is under the pen', () => {
    const { world, a } = pair();
    a.draw('r', {});
    a.underPen.add('r');
    world.settle();
    a.drop('r');
    a.flush();
    expect(a.outbox).toEqual([]);
    a.underPen.clear();
    world.settle();
    expect(world.state.size('element')).toBe(0);
  });

  test('comes back when its removal is refused, or when the canvas takes it up again', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    a.draw('s', { index: 'a1' });
    world.settle();
    world.state.apply({ element: { r: ['patch', { locked: ['set', true] }] } });
    a.drop('r');
    world.settle();
    expect(a.get('r')).toMatchObject({ isDeleted: false });
    const undone = a.get('s');
    if (!undone) throw new Error('s is on the canvas');
    a.drop('s');
    world.settle();
    expect(b.get('s')).toMatchObject({ isDeleted: true });
    a.elements.push(undone);
    world.settle();
    expect(b.get('s')).toMatchObject({ isDeleted: false });
  });
});

test('several that are missing at once are a scene that was replaced: they are shown again and none is removed', () => {
  const { world, a } = pair();
  for (const id of ['r', 's', 't']) a.draw(id, { index: `b${id}` });
  world.settle();
  a.drop('r', 's', 't');
  a.flush();
  expect(a.outbox).toEqual([]);
  world.settle();
  expect(world.state.size('element')).toBe(3);
  expectAgreement(world);
});

test('what arrived and is not shown yet is not taken for a removal', () => {
  const { world, a, b } = pair();
  a.draw('r', {});
  a.flush();
  world.decideOne(a);
  while (world.deliverOne(b));
  b.sync.noteScene(b.elements);
  expect(b.sync.takeCommand(b)).toBeNull();
  world.settle();
  expectAgreement(world);
});
