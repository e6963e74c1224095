import { describe, expect, test } from 'vitest';
import { type Canvas, createWorld, visible, type World } from './board-sync-world.ts';

/** What a canvas does to its scene by itself, and large changes of it. */

function pair() {
  const world = createWorld(2);
  const [a, b] = world.clients;
  if (!a || !b) throw new Error('two canvases');
  return { world, a, b };
}

function expectAgreement(world: World): void {
  const records = Object.fromEntries(world.state.entries('element'));
  for (const client of world.clients) expect(visible(client.elements)).toEqual(records);
}

/** As the canvas gives up an arrow without a length: it is simply not in the scene any more. */
function giveUp(canvas: Canvas, id: string): void {
  canvas.elements = canvas.elements.filter((element) => element.id !== id);
}

describe('an element that leaves the scene without a mark', () => {
  test('is gone for everybody', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5 });
    world.settle();
    giveUp(a, 'r');
    world.settle();
    expect(world.state.size('element')).toBe(0);
    expect(b.get('r')?.isDeleted).toBe(true);
    expect(a.get('r')).toBeUndefined();
    expectAgreement(world);
  });

  test('stays gone while what was sent of it is on its way', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5 });
    a.flush();
    giveUp(a, 'r');
    a.flush();
    while (world.decideOne(a)) world.deliverOne(a);
    a.paint();
    expect(a.get('r')).toBeUndefined();
    world.settle();
    expect(b.get('r')?.isDeleted ?? true).toBe(true);
    expectAgreement(world);
  });

  test('is no loss when it was never sent', () => {
    const { world, a } = pair();
    a.draw('r', { x: 5 });
    giveUp(a, 'r');
    world.settle();
    expect(a.outbox).toEqual([]);
    expectAgreement(world);
  });

  test('is not what somebody else has just drawn and this canvas has not shown', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5 });
    a.flush();
    while (world.decideOne(a));
    while (world.deliverOne(b));
    b.sync.noteScene(b.elements);
    b.flush();
    world.settle();
    expect(world.state.size('element')).toBe(1);
    expectAgreement(world);
  });
});

describe('what travels in several commands keeps its references', () => {
  test('children of a frame that comes after them', () => {
    const { world, a, b } = pair();
    for (let count = 0; count < 450; count += 1) a.draw(`c${count}`, { x: count, frameId: 'f' });
    a.elements.push(...frame(a));
    world.settle();
    const inFrame = (elements: Iterable<object>) =>
      [...elements].filter((element) => Reflect.get(element, 'frameId') === 'f').length;
    expect(inFrame([...world.state.entries('element')].map(([, record]) => record))).toBe(450);
    expect(inFrame(b.elements)).toBe(450);
    expectAgreement(world);
    a.flush();
    expect(a.outbox).toEqual([]);
  });

  test('a reference to what is nowhere is not asked for again and again', () => {
    const { world, a } = pair();
    a.draw('r', { frameId: 'nowhere' });
    world.settle();
    a.sync.noteScene(a.elements);
    expect(a.sync.hasChanges).toBe(false);
  });
});

/** A frame as the canvas makes it. */
function frame(canvas: Canvas) {
  canvas.draw('f', {});
  const made = canvas.elements.splice(
    canvas.elements.findIndex(({ id }) => id === 'f'),
    1,
  );
  return made.map((element) => ({ ...element, type: 'frame', name: null, index: 'z0' }));
}
