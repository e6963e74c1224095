/** What every mail with a link is written from. */
export interface LinkLetter {
  readonly to: string;
  readonly name: string | null;
  readonly url: string;
}
