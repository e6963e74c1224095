import { describe, expect, test } from 'vitest';
import { blankText, type Canvas, expectAgreement, pair, visible, type World } from './board-sync-world.ts';
import { compareKeys } from './scene-order.ts';

describe('what one draws, the other sees', () => {
  test('a new shape, its move and its removal', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5 });
    world.settle();
    expect(b.get('r')).toMatchObject({ x: 5, isDeleted: false });
    b.draw('r', { x: 20, y: 7 });
    world.settle();
    expect(a.get('r')).toMatchObject({ x: 20, y: 7 });
    a.draw('r', { isDeleted: true });
    world.settle();
    expect(b.get('r')?.isDeleted).toBe(true);
    expectAgreement(world);
  });

  test('a removal that is undone comes back', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5 });
    world.settle();
    a.draw('r', { isDeleted: true });
    world.settle();
    a.draw('r', { isDeleted: false });
    world.settle();
    expect(b.get('r')).toMatchObject({ x: 5, isDeleted: false });
    expectAgreement(world);
  });

  test('nothing is sent for what the server or the canvas itself changed', () => {
    const { world, a, b } = pair();
    a.draw('r', { x: 5.123456 });
    world.settle();
    b.flush();
    a.flush();
    expect(a.outbox).toEqual([]);
    expect(b.outbox).toEqual([]);
  });

  test('a dragged selection is one move', () => {
    const { world, a } = pair();
    for (const id of ['r', 's', 't']) a.draw(id, { x: 0 });
    world.settle();
    for (const id of ['r', 's', 't']) a.draw(id, { x: 30, y: 4 });
    a.flush();
    const [op, ...rest] = a.outbox.flatMap(({ ops }) => ops);
    expect(rest).toEqual([]);
    expect(op).toEqual({ op: 'move', ids: expect.arrayContaining(['r', 's', 't']), dx: 30, dy: 4 });
  });
});

describe('two at once', () => {
  test('a drag and a new colour of the same shape both stay', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    a.draw('r', { x: 50 });
    b.draw('r', { strokeColor: '#ff0000' });
    world.settle();
    expect(a.get('r')).toMatchObject({ x: 50, strokeColor: '#ff0000' });
    expectAgreement(world);
  });

  test('the later of two values for one property wins, also on the screen of the one who lost', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    a.draw('r', { strokeColor: '#aa0000' });
    b.draw('r', { strokeColor: '#00aa00' });
    a.flush();
    b.flush();
    world.decideOne(a);
    world.decideOne(b);
    world.settle();
    expect(a.get('r')).toMatchObject({ strokeColor: '#00aa00' });
    expectAgreement(world);
  });

  test('an unanswered change is not overwritten by an older value from elsewhere', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    b.draw('r', { opacity: 10 });
    b.flush();
    world.decideOne(b);
    a.draw('r', { opacity: 50 });
    a.flush();
    while (world.deliverOne(a));
    a.paint();
    expect(a.get('r')).toMatchObject({ opacity: 50 });
    world.settle();
    expectAgreement(world);
  });

  test("somebody else's removal wins over an edit", () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    a.draw('r', { isDeleted: true });
    b.draw('r', { x: 9 });
    a.flush();
    b.flush();
    world.decideOne(a);
    world.settle();
    expect(b.get('r')?.isDeleted).toBe(true);
    expectAgreement(world);
  });

  test('equal z-order keys are told apart before the canvas sees them', () => {
    const { world, a, b } = pair();
    a.draw('r', { index: 'a1' });
    b.draw('s', { index: 'a1' });
    a.flush();
    b.flush();
    world.decideOne(a);
    while (world.deliverOne(b));
    b.paint();
    const keys = b.elements.map((element) => element.index);
    expect(new Set(keys).size).toBe(2);
    expect(keys).toEqual(keys.toSorted(compareKeys));
    world.settle();
    expectAgreement(world);
    expect(a.elements.map(({ id }) => id)).toEqual(b.elements.map(({ id }) => id));
  });
});

describe('the element under the pen', () => {
  test('is sent while it is drawn and stays the same object whatever arrives', () => {
    const { world, a, b } = pair();
    a.draw('r', { width: 1 });
    const object = a.get('r');
    a.underPen.add('r');
    a.flush();
    world.decideOne(a);
    while (world.deliverOne(a));
    while (world.deliverOne(b));
    b.paint();
    b.draw('r', { strokeColor: '#00ff00' });
    b.draw('s', { index: 'a0' });
    world.settle();
    expect(a.get('r')).toBe(object);
    expect(a.get('s')).toBeDefined();
    a.underPen.clear();
    world.settle();
    expect(a.get('r')).toMatchObject({ strokeColor: '#00ff00' });
    expectAgreement(world);
  });

  test('a stroke grows at the others by what was added, and is drawn to its end', () => {
    const { world, a, b } = pair();
    const stroke = { type: 'freedraw', pressures: [], simulatePressure: true, lastCommittedPoint: null };
    a.draw('f', {
      ...stroke,
      points: [
        [0, 0],
        [5, 5],
      ],
    });
    a.underPen.add('f');
    a.flush();
    a.draw('f', {
      points: [
        [0, 0],
        [5, 5],
        [9, 2],
      ],
      width: 9,
      height: 5,
    });
    a.flush();
    expect(a.outbox[1]?.ops).toEqual([{ op: 'append', id: 'f', n: 2, points: [[9, 2]] }]);
    a.underPen.clear();
    world.settle();
    expect(b.get('f')).toMatchObject({
      points: [
        [0, 0],
        [5, 5],
        [9, 2],
      ],
      lastCommittedPoint: [9, 2],
    });
    expectAgreement(world);
  });

  test('is not sent before it has a size', () => {
    const { world, a } = pair();
    a.draw('r', { width: 0, height: 0 });
    a.underPen.add('r');
    a.flush();
    expect(a.outbox).toEqual([]);
    a.draw('r', { width: 4 });
    world.settle();
    expect(world.state.get('element', 'r')).toMatchObject({ width: 4 });
  });

  test('a label reaches the others together with the place it has in its shape', () => {
    const { world, a, b } = pair();
    a.draw('r', { boundElements: [{ id: 't', type: 'text' }] });
    a.draw('t', { ...blankText, containerId: 'r' });
    a.underPen.add('t');
    world.settle();
    expect(a.get('r')).toMatchObject({ boundElements: [{ id: 't', type: 'text' }] });
    a.draw('t', { text: 'Hi', originalText: 'Hi' });
    a.underPen.clear();
    world.settle();
    expect(b.get('r')).toMatchObject({ boundElements: [{ id: 't', type: 'text' }] });
    expect(b.get('t')).toMatchObject({ containerId: 'r', text: 'Hi' });
    expectAgreement(world);
  });
});

describe('a refused command', () => {
  test('takes a new element off the canvas', () => {
    const { world, a } = pair('viewer');
    a.draw('r', {});
    world.settle();
    expect(visible(a.elements)).toEqual({});
  });

  test('takes the change back and leaves the rest', () => {
    const { world, a } = pair();
    a.draw('r', { x: 999_990 });
    world.settle();
    a.draw('r', { strokeColor: '#123456' });
    a.flush();
    a.draw('r', { x: 3, locked: true });
    world.settle();
    expect(a.get('r')).toMatchObject({ strokeColor: '#123456', x: 999_990, locked: false });
    expectAgreement(world);
  });
});

describe('an edit of what somebody else removed', () => {
  function editWhileRemoved(world: World, [a, b]: readonly [Canvas, Canvas], laterBy: number) {
    for (const id of ['r', 's']) a.draw(id, {});
    world.settle();
    b.draw('r', { isDeleted: true });
    b.flush();
    world.decideOne(b);
    a.draw('r', { opacity: 5 });
    a.draw('s', { opacity: 6 });
    a.draw('n', { opacity: 7 });
    a.flush();
    // The removal arrives before the answer to the edit.
    while (world.deliverOne(a));
    a.paint();
    world.now += laterBy;
    world.settle();
    expect(b.get('s')).toMatchObject({ opacity: 6 });
    expect(b.get('n')).toMatchObject({ opacity: 7 });
    expectAgreement(world);
  }

  test('does not bring it back while the server remembers the removal', () => {
    const { world, a, b } = pair();
    editWhileRemoved(world, [a, b], 30_000);
    expect(world.state.get('element', 'r')).toBeUndefined();
    expect(a.get('r')?.isDeleted).toBe(true);
  });

  test('puts it again when the removal is long ago', () => {
    const { world, a, b } = pair();
    editWhileRemoved(world, [a, b], 61_000);
    expect(b.get('r')).toMatchObject({ opacity: 5, isDeleted: false });
  });

  test('keeps further edits until it is answered', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    b.draw('r', { isDeleted: true });
    b.flush();
    world.decideOne(b);
    a.draw('r', { opacity: 5 });
    a.flush();
    while (world.deliverOne(a));
    a.paint();
    a.draw('r', { opacity: 8 });
    a.flush();
    expect(a.outbox).toHaveLength(1);
    expect(a.get('r')?.isDeleted).toBe(false);
    world.settle();
    expect(a.get('r')?.isDeleted).toBe(true);
    expectAgreement(world);
  });

  test('that was not sent yet does nothing', () => {
    const { world, a, b } = pair();
    a.draw('r', {});
    world.settle();
    b.draw('r', { isDeleted: true });
    b.flush();
    world.decideOne(b);
    a.draw('r', { opacity: 5 });
    while (world.deliverOne(a));
    a.paint();
    world.now += 61_000;
    world.settle();
    expect(a.get('r')?.isDeleted).toBe(true);
    expectAgreement(world);
  });
});

describe('what the rules refuse', () => {
  test('never leaves the browser and disappears from the canvas', () => {
    const { world, a } = pair();
    a.draw('e', { type: 'iframe', link: 'javascript:alert(1)' });
    a.flush();
    expect(a.outbox).toEqual([]);
    expect(visible(a.elements)).toEqual({});
    expect(a.sync.takeRefused()).toEqual(['iframe']);
    expect(a.sync.takeRefused()).toEqual([]);
    world.settle();
  });

  test('an allowed element that outgrows its bounds goes back to what it was', () => {
    const { world, a } = pair();
    a.draw('r', { width: 100 });
    world.settle();
    a.draw('r', { width: 1e9 });
    world.settle();
    expect(a.get('r')).toMatchObject({ width: 100 });
    expectAgreement(world);
  });
});
