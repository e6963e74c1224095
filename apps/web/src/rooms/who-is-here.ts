/** "Mira is here", "Mira and Tomás are here", "5 here now". */
export function whoIsHere(people: readonly { readonly name: string }[]): string {
  const [first, second] = people.map((person) => person.name.trim().split(/\s+/u)[0] ?? '');
  if (first === undefined) return 'Nobody is here';
  if (second === undefined) return `${first} is here`;
  if (people.length === 2) return `${first} and ${second} are here`;
  return `${people.length} here now`;
}
