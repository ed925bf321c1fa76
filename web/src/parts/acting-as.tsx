import { useState } from "react";

const key = "actor";

/** Who acts, as last written on this browser; undefined for the user of the machine. */
export function actorKept(): string | undefined {
  try {
    return localStorage.getItem(key)?.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The field that every form which enters something carries: on record each entry names its actor. */
export function ActingAs() {
  const [name, setName] = useState(() => actorKept() ?? "");
  return (
    <label className="acting-as">
      <span>Acting as</span>
      <input
        type="text"
        value={name}
        maxLength={100}
        placeholder="the user of this machine"
        autoComplete="off"
        onChange={(event) => {
          setName(event.target.value);
          try {
            localStorage.setItem(key, event.target.value);
          } catch {
            // Without storage the name lasts as long as the page.
          }
        }}
      />
    </label>
  );
}
