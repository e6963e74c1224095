/** What an authenticator keeps to tell accounts apart, as bytes: the id of the user and nothing about the person. */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}
