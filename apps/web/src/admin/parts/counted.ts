/** "1 room", "2 rooms"; `many` for what does not end in s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
