import type { ParticipantView } from "../../../src/core/views-decisions.ts";
import { SelectField } from "../parts/fields.tsx";
import { byName } from "../format/order.ts";

const key = "party";

/** The party last acted for on this browser; none while it takes no part. */
export function usualParty(participants: readonly ParticipantView[]): string {
  try {
    const last = localStorage.getItem(key) ?? "";
    return participants.some((party) => party.takesPart && party.id === last) ? last : "";
  } catch {
    return "";
  }
}

/** Whose position, objection or statement it is. */
export function PartyField({
  participants,
  value,
  onChange,
}: Readonly<{ participants: readonly ParticipantView[]; value: string; onChange: (value: string) => void }>) {
  const choose = (party: string) => {
    onChange(party);
    try {
      localStorage.setItem(key, party);
    } catch {
      // Without storage it is asked for each time.
    }
  };
  return (
    <SelectField
      label="Party"
      value={value}
      required
      options={participants
        .filter((party) => party.takesPart)
        .map((party) => [party.id, party.name] as const)
        .toSorted(([, a], [, b]) => byName(a, b))}
      onChange={choose}
    />
  );
}
