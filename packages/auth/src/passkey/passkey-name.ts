/** Where passkeys are usually kept, by the AAGUID that the keeper says of itself; nobody vouches for it. */
const keepers: Readonly<Record<string, string>> = {
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'iCloud Keychain',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  'bada5566-a7aa-401f-bd96-45619a55120d': '1Password',
  'd548826e-79b4-db40-a3d8-11116f7e8349': 'Bitwarden',
};

/** What a passkey is called until its owner says otherwise. `label`: the browser that it was made in. */
export function defaultPasskeyName(aaguid: string, label: string): string {
  return keepers[aaguid] ?? label;
}
