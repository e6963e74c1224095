export { boardProblems } from './board-problems.ts';
export { extremeCommands, extremeElements } from './extreme-element.ts';
export { hostileCommands, type RawCommand, victims } from './hostile-command.ts';
export { hostileElements } from './hostile-element.ts';
export { racingCommands } from './racing-command.ts';
export { createRandom, type Random } from './random.ts';
export { elementTypes, type RawElement, validElement } from './valid-element.ts';
