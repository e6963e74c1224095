/** What is wrong with a room's title, or undefined. The server has the last word. */
export function titleProblem(title: string): string | undefined {
  const trimmed = title.trim();
  if (trimmed === '') return 'Give the room a name.';
  if (trimmed.length > 120) return 'A name has at most 120 characters.';
  return undefined;
}
