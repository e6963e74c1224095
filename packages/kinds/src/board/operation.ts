import { z } from 'zod';
import { bounds } from './bounds.ts';
import { checkElement, isPlainObject } from './check.ts';
import { isWithinBytes } from './command-size.ts';
import { type BoardElement, colour, elementId, strokePoints, strokePressures } from './element.ts';

/** The inputs of the board's commands. `edit` is atomic: a container, its label and its arrow stand or fall together. */

const shift = z
  .number()
  .min(-2 * bounds.coordinate)
  .max(2 * bounds.coordinate);
const ids = z.array(elementId).min(1).max(bounds.elements);

/** The element goes through the one check that the browser uses too; what comes out is complete and rounded. */
const checkedElement = z.unknown().transform((raw, ctx): BoardElement => {
  const checked = checkElement(raw);
  if (checked.ok) return checked.element;
  ctx.addIssue({ code: 'custom', message: checked.sentence });
  return z.NEVER;
});

const properties = z.custom<{ readonly [key: string]: unknown }>(isPlainObject, { error: 'Expected properties' });

const operation = z.discriminatedUnion('op', [
  /** Adds an element, or replaces all values of the one of the same type that has its id. */
  z.strictObject({ op: z.literal('put'), element: checkedElement }),
  /** Whole values of single properties; checked against the element's type when it is known. */
  z.strictObject({ op: z.literal('set'), id: elementId, props: properties }),
  /** Freehand: keeps the first `n` points and adds these. */
  z.strictObject({
    op: z.literal('append'),
    id: elementId,
    n: z.int().min(0).max(bounds.strokePoints.max),
    points: strokePoints,
    pressures: strokePressures.exactOptional(),
  }),
  z.strictObject({ op: z.literal('move'), ids, dx: shift, dy: shift }),
  z.strictObject({ op: z.literal('remove'), ids }),
  /** Brings elements back as they were when they were removed, for a minute. */
  z.strictObject({ op: z.literal('restore'), ids }),
]);

export const editInput = z
  .unknown()
  .refine((raw) => isWithinBytes(raw, bounds.bytesPerCommand), 'This is too much for one command.')
  .pipe(z.strictObject({ ops: z.array(operation).min(1).max(bounds.opsPerCommand) }));
export const clearInput = z.strictObject({});
export const lockInput = z.strictObject({ ids, locked: z.boolean() });
export const setMetaInput = z.strictObject({ background: colour });

export type BoardOp = z.output<typeof operation>;
export type EditInput = z.output<typeof editInput>;
export type LockInput = z.output<typeof lockInput>;
export type SetMetaInput = z.output<typeof setMetaInput>;
