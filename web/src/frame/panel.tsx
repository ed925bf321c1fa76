import { type ReactNode, useState } from "react";
import { classMeanings, type BindingClass } from "../../../src/core/bindingness.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useBoundaryWords, useChangeSearch, useGroups, useReleases } from "./hooks.ts";
import { boundaryWords, classChoices, underWords } from "./search.ts";
import { inOrder } from "../format/order.ts";

/** The five settings of every figure, each applied as soon as it is chosen. */
export function FramePanel() {
  const search = useAppSearch();
  const change = useChangeSearch();
  const releases = useReleases().data ?? [];
  const groups = useGroups().data ?? [];
  const boundary = search.boundary ?? "all";
  const boundaryShown = useBoundaryWords(boundary);
  const offered: readonly (readonly [string, string])[] = groups.flatMap(({ slug, name, formats }) => [
    [`group:${slug}`, name] as const,
    ...(formats.length === 0 ? [] : [[`under:${slug}`, underWords(name)] as const]),
  ]);
  const basis = search.basis ?? "as-reported";
  const published = [...releases].sort((a, b) => inOrder(b.publishedOn, a.publishedOn));
  return (
    <div className="wide frame-panel">
      <Field
        name="Known at"
        hint="The record as it stood at the end of that day: later releases and corrections are left out."
      >
        <select
          name="known_at"
          aria-label="Known at, by release"
          value={
            published.some((entry) => entry.publishedOn === search.known_at)
              ? search.known_at
              : search.known_at === undefined
                ? ""
                : "other"
          }
          onChange={(event) => event.target.value !== "other" && change({ known_at: event.target.value || undefined })}
        >
          <option value="">Latest</option>
          {search.known_at !== undefined && <option value="other">Another day</option>}
          {published.map((release) => (
            <option key={release.id} value={release.publishedOn}>
              {formatDay(release.publishedOn)}: {release.name}
            </option>
          ))}
        </select>
        <DayInput label="Known at, any day" value={search.known_at} onDay={(day) => change({ known_at: day })} />
      </Field>
      <Field name="As of" hint="Only what had taken effect by that day, by the date of the promise or step itself.">
        <DayInput name="as_of" label="As of" value={search.as_of} onDay={(day) => change({ as_of: day })} />
        <span className="quick">
          {["2022", "2023", "2024", "2025"].map((year) => (
            <button key={year} type="button" className="plain" onClick={() => change({ as_of: `${year}-12-31` })}>
              end {year}
            </button>
          ))}
          <button type="button" className="plain" onClick={() => change({ as_of: undefined })}>
            all
          </button>
        </span>
      </Field>
      <Field
        name="Given by"
        hint="Whose giving is counted. What members pay into a body that gives itself is not counted twice."
      >
        <select
          name="boundary"
          aria-label="Given by"
          value={boundary}
          onChange={(event) => change({ boundary: event.target.value === "all" ? undefined : event.target.value })}
        >
          <option value="all">All givers</option>
          <option value="nations">Nations only</option>
          <option value="organisations">Organisations only</option>
          {boundaryWords[boundary] === undefined && offered.every(([value]) => value !== boundary) && (
            <option value={boundary}>{boundaryShown}</option>
          )}
          {offered.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <Field
        name="Valued"
        hint="As the source values it, at the reference rate of each day, or all at the rates of one day."
      >
        <select
          name="basis"
          aria-label="Valued"
          value={basis.startsWith("constant:") ? "constant" : basis}
          onChange={(event) => change({ basis: basisOf(event.target.value) })}
        >
          <option value="as-reported">As reported</option>
          <option value="at-event">At the rate of each day</option>
          <option value="constant">At the rates of one day</option>
        </select>
        {basis.startsWith("constant:") && (
          <DayInput
            label="Day of the rates"
            value={basis.slice(9)}
            onDay={(day) => change({ basis: day === undefined ? undefined : `constant:${day}` })}
          />
        )}
      </Field>
      <Field name="Class" hint="How far a promise must have got to be counted in rankings, maps and series.">
        <select
          name="class"
          aria-label="Class"
          value={search.class ?? ""}
          onChange={(event) =>
            change({ class: event.target.value === "" ? undefined : (event.target.value as BindingClass) })
          }
        >
          <option value="">Furthest stated</option>
          {classChoices.map((name) => (
            <option key={name} value={name}>
              {name}: {classMeanings[name]}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}

function basisOf(choice: string): string | undefined {
  return choice === "as-reported" ? undefined : choice === "constant" ? "constant:2024-01-02" : choice;
}

function Field({ name, hint, children }: Readonly<{ name: string; hint: string; children: ReactNode }>) {
  return (
    <fieldset className="field">
      <legend>{name}</legend>
      {children}
      <p className="hint">{hint}</p>
    </fieldset>
  );
}

/** A day that is applied once it is whole: half-typed years change nothing. */
function DayInput({
  name,
  label,
  value,
  onDay,
}: Readonly<{ name?: string; label: string; value: string | undefined; onDay: (day: string | undefined) => void }>) {
  const [draft, setDraft] = useState<string | null>(null);
  const apply = (text: string) => {
    setDraft(text);
    if (text === "" || Number(text.slice(0, 4)) >= 1990) {
      onDay(text === "" ? undefined : text);
      setDraft(null);
    }
  };
  return (
    <input
      type="date"
      name={name}
      aria-label={label}
      value={draft ?? value ?? ""}
      min="1990-01-01"
      onChange={(event) => apply(event.target.value)}
      onBlur={() => setDraft(null)}
    />
  );
}
