/** The most owners that the server names. */
const mostNamed = 3;

/** "Ada", "Ada and Bob"; three names may stand for more. */
export function ownerWords(owners: readonly string[]): string {
  if (owners.length === 0) return 'Nobody owns it';
  const names = new Intl.ListFormat('en').format(owners);
  return `Owned by ${names}${owners.length === mostNamed ? ' (perhaps others too)' : ''}`;
}
