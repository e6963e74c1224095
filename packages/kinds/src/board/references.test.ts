import { describe, expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { shape } from '../testing/shape.ts';

describe('references', () => {
  const label = { id: 'label', type: 'text', x: 0, y: 0, text: 'Label', containerId: 'box' };
  const binding = { elementId: 'box', focus: 0, gap: 1 };
  const arrow = {
    id: 'arrow',
    type: 'arrow',
    x: 0,
    y: 0,
    points: [
      [0, 0],
      [9, 9],
    ],
    endBinding: binding,
  };
  const bound = [
    { id: 'label', type: 'text' },
    { id: 'arrow', type: 'arrow' },
  ];

  test('hold among the elements of one command, whatever their order', () => {
    const board = boardWith(label, arrow, shape('box', { boundElements: bound }));
    expect(board.state.get('element', 'label')).toMatchObject({ containerId: 'box' });
    expect(board.state.get('element', 'arrow')).toMatchObject({ endBinding: binding });
    expect(board.state.get('element', 'box')).toMatchObject({ boundElements: bound });
  });

  test('to what is not there, to itself and to the wrong sort are dropped', () => {
    const wrong = [
      { id: 'gone', type: 'text' },
      { id: 'other', type: 'arrow' },
      { id: 'box', type: 'text' },
    ];
    const board = boardWith(
      label,
      shape('other'),
      shape('box', { boundElements: [...wrong, ...bound], frameId: 'box' }),
    );
    expect(board.state.get('element', 'box')).toMatchObject({ boundElements: bound.slice(0, 1), frameId: null });
  });

  test('are kept once', () => {
    const board = boardWith(label, arrow, shape('box', { boundElements: [...bound, ...bound] }));
    expect(board.state.get('element', 'box')).toMatchObject({ boundElements: bound });
  });

  test('to a text are dropped when it becomes a label: it would follow what follows it', () => {
    const bindingToText = { ...arrow, startBinding: { elementId: 'free', focus: 0, gap: 1 } };
    const board = boardWith(bindingToText, { ...label, id: 'free', containerId: null }, shape('box'));
    expect(board.state.get('element', 'arrow')).toMatchObject({ startBinding: { elementId: 'free' } });
    demandOk(board.edit([{ op: 'set', id: 'free', props: { containerId: 'arrow' } }]));
    expect(board.state.get('element', 'arrow')).toMatchObject({ startBinding: null, endBinding: binding });
  });

  test('from a frame to a frame are dropped', () => {
    const frame = { type: 'frame', x: 0, y: 0, width: 9, height: 9 };
    const board = boardWith({ ...frame, id: 'a', frameId: 'b' }, { ...frame, id: 'b', frameId: 'a' });
    expect(board.state.get('element', 'a')).toMatchObject({ frameId: null });
  });

  test('to what is removed are dropped from everything that had them', () => {
    const frame = { id: 'frame', type: 'frame', x: 0, y: 0, width: 9, height: 9 };
    const board = boardWith(label, arrow, frame, shape('box', { boundElements: bound, frameId: 'frame' }));
    demandOk(board.edit([{ op: 'remove', ids: ['frame', 'label'] }]));
    expect(board.state.get('element', 'box')).toMatchObject({ frameId: null, boundElements: bound.slice(1) });
    demandOk(board.edit([{ op: 'remove', ids: ['box'] }]));
    expect(board.state.get('element', 'arrow')).toMatchObject({ endBinding: null });
  });
});
