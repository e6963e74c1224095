export { boardKind } from './board-kind.ts';
export { boardOutline, type OutlineItem } from './board-outline.ts';
export { bounds } from './bounds.ts';
export { canonicalElement } from './canonical.ts';
export { type Checked, checkElement } from './check.ts';
export { diffElement, foldMoves } from './difference.ts';
export type {
  ArrowElement,
  BoardElement,
  ElementType,
  FrameElement,
  LineElement,
  Point,
  ShapeElement,
  StrokeElement,
  TextElement,
} from './element.ts';
export type { BoardOp, EditInput, LockInput, SetMetaInput } from './operation.ts';
export type { BoardPresence } from './presence.ts';
export { propertyGroups } from './property-groups.ts';
export { type Lookup, withoutDanglingReferences } from './references.ts';
