import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAppSearch } from "../frame/hooks.ts";
import { readSaved, withSaved, writeSaved, type Saved } from "./saved.ts";

const longestName = 80;

/** The comparison taken along: its link copied, or kept in this browser under a name and found again. */
export function Keep() {
  const search = useAppSearch();
  const [saved, setSaved] = useState(readSaved);
  const [name, setName] = useState("");
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setSaid("Link copied. Whoever opens it on this record sees the same.");
    } catch {
      setSaid("The browser does not let the page copy; the address bar has the link.");
    }
  };
  const keep = (all: readonly Saved[], done: string) => {
    if (!writeSaved(all)) return setSaid("The browser keeps nothing for this page; copy the link instead.");
    setSaved(all);
    setSaid(done);
  };
  const title = name.trim();
  return (
    <section className="whatif-keep" aria-label="Save and share">
      <button type="button" onClick={() => void copy()}>
        Copy link
      </button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (title === "") return;
          keep(withSaved(saved, { name: title, search }), `Saved in this browser as “${title}”.`);
          setName("");
        }}
      >
        <label>
          <span>Save in this browser as</span>
          <input
            type="text"
            value={name}
            maxLength={longestName}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="submit" disabled={title === ""}>
          Save
        </button>
      </form>
      <span role="status">{said}</span>
      {saved.length > 0 && (
        <ul aria-label="Saved in this browser">
          {saved.map((one) => (
            <li key={one.name}>
              <Link to="/whatif" search={one.search}>
                {one.name}
              </Link>{" "}
              <button
                type="button"
                className="plain"
                onClick={() =>
                  keep(
                    saved.filter((other) => other !== one),
                    `“${one.name}” is no longer kept.`,
                  )
                }
              >
                Forget<span className="out-of-sight"> {one.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
