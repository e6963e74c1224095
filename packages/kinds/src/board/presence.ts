import { z } from 'zod';
import { bounds } from './bounds.ts';
import { elementId } from './element.ts';

const scene = z
  .number()
  .min(-10 * bounds.coordinate)
  .max(10 * bounds.coordinate);

/** What one tab tells the others. The cursor is in scene coordinates; null while the pointer is off the canvas. */
export const presence = z.strictObject({
  cursor: z.strictObject({ x: scene, y: scene }).nullish(),
  tool: z.enum(['pointer', 'laser']).optional(),
  button: z.enum(['up', 'down']).optional(),
  selection: z.array(elementId).max(bounds.selection).optional(),
});

export type BoardPresence = z.output<typeof presence>;
