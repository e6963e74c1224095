/** The one answer to a passkey that did not work: nothing in it tells why, or whether it is known. */
export class BadPasskey extends Error {
  constructor() {
    super('This passkey did not work.');
    this.name = 'BadPasskey';
  }
}
