/** Without this one nobody could sign in to the account any more. */
export class LastCredential extends Error {
  constructor() {
    super('This is the last way to sign in to this account. Add another one first.');
    this.name = 'LastCredential';
  }
}
