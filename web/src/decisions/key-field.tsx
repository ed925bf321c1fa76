import { useQuery } from "@tanstack/react-query";
import { AreaField, SelectField } from "../parts/fields.tsx";
import { keysQuery } from "./names.ts";

/** A contribution key: one of those that come with the program, or one of its own. */
export function KeyField({ value, onChange }: Readonly<{ value: string; onChange: (value: string) => void }>) {
  const keys = useQuery(keysQuery).data?.keys ?? [];
  const own = value.trimStart().startsWith("{") || value === "own";
  const chosen = keys.find((key) => key.id === value);
  return (
    <>
      <SelectField
        label="Key"
        required
        value={own ? "own" : value}
        options={[...keys.map((key) => [key.id, key.title] as const), ["own", "a key of its own…"] as const]}
        hint={chosen === undefined ? undefined : chosen.description}
        onChange={(next) => onChange(next === "own" ? "{" : next)}
      />
      {own && (
        <AreaField
          label="The key as JSON, as in policies/keys"
          rows={8}
          max={200_000}
          required
          className="code"
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}
