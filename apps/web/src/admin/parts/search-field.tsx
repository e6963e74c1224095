import { TextField } from '@atrium/ui';

export interface SearchFieldProps {
  readonly label: string;
  /** What can be searched for: "Name, address or id". */
  readonly hint: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** Searches while somebody types; the server looks at 200 characters. */
export function SearchField({ label, hint, value, onValue }: SearchFieldProps) {
  return (
    <TextField
      type="search"
      label={label}
      isLabelHidden
      placeholder={hint}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={200}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}
