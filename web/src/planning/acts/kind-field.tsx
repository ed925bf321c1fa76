import type { ItemList } from "../../../../src/core/views-planning.ts";
import { kindGroups } from "./kinds.ts";

/** The kind of item, by capability. */
export function KindField({
  label,
  value,
  onChange,
  items,
}: Readonly<{ label: string; value: string; onChange: (value: string) => void; items: ItemList }>) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} required onChange={(event) => onChange(event.target.value)}>
        <option value="">choose{"\u2026"}</option>
        {value !== "" && !items.kinds.some((kind) => kind.id === value) && <option value={value}>{value}</option>}
        {kindGroups(items).map(({ title, kinds }) => (
          <optgroup key={title} label={title}>
            {kinds.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
