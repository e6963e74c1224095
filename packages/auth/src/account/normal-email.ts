/** Addresses are compared without regard to case: nobody has two that differ in it alone. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
