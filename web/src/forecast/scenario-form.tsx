import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { streams } from "../../../src/core/bindingness.ts";
import { mostChanges } from "../../../src/core/foresight/forecast/scenario.ts";
import type { ScenarioChoices } from "../../../src/core/views-forecast.ts";
import { forecastApi } from "../api/forecast.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { slugOf } from "../format/written.ts";
import { useAppSearch } from "../frame/hooks.ts";
import { defaultBook } from "../frame/search.ts";
import { Amount, Choice, useFields, Written } from "../funds/acts/fields.tsx";
import { EntryForm } from "../parts/entry-form.tsx";
import { Answered } from "../parts/states.tsx";
import { changeOf, freshChange, kindWords, monthPattern, type ChangeDraft, type ChangeKind } from "./scenario-draft.ts";

/** States a scenario and saves it under its name, for good. `onSaved` is told the name. */
export function ScenarioForm({ onSaved }: Readonly<{ onSaved: (id: string) => void }>) {
  const { book = defaultBook, known_at } = useAppSearch();
  const query = useQuery({
    queryKey: ["scenario-choices", book, known_at],
    queryFn: ({ signal }) => forecastApi.choices({ book, known_at }, signal),
    placeholderData: (previous) => (previous?.book === book ? previous : undefined),
  });
  return (
    <Answered query={query} what="what can be supposed">
      {(choices) => <Form choices={choices} onSaved={onSaved} />}
    </Answered>
  );
}

function Form({ choices, onSaved }: Readonly<{ choices: ScenarioChoices; onSaved: (id: string) => void }>) {
  const [fields, set] = useFields({ title: "", id: "", description: "" });
  const [changes, setChanges] = useState<readonly ChangeDraft[]>([freshChange]);
  const id = fields.id.trim() || slugOf(fields.title);
  return (
    <EntryForm
      title="State a scenario"
      intro="What is otherwise than in the standing forecast. It is saved under its name for good, so that a link to it stays true."
      button="Save and compare it"
      asked={`Save \u201c${fields.title}\u201d as ${id}, with ${counted(changes.length, "change")}.`}
      touches={["scenarios"]}
      send={async () => {
        const { title, description } = fields;
        const saved = await forecastApi.save({ id, title, description, changes: changes.map(changeOf) });
        onSaved(saved.id);
        return saved;
      }}
      done={(saved) => (
        <>
          <h3>Saved.</h3>
          <p>
            {`\u201c${saved.title}\u201d`} is on the list as <code>{saved.id}</code>, and is compared with the standing
            forecast below.
          </p>
        </>
      )}
    >
      <Written label="Title" wide value={fields.title} onChange={set("title")} hint="Norway leaves in March" />
      <Written
        label="Name in the address"
        required={false}
        value={fields.id}
        onChange={set("id")}
        pattern="[a-z0-9][a-z0-9-]{0,59}"
        hint={slugOf(fields.title) || "norway-leaves-in-march"}
      />
      <Written
        label="What it supposes, in words"
        wide
        required={false}
        value={fields.description}
        onChange={set("description")}
      />
      {changes.map((change, index) => (
        <Change
          key={index}
          number={index + 1}
          choices={choices}
          change={change}
          onChange={(next) => setChanges(changes.with(index, next))}
          onTakeAway={changes.length === 1 ? undefined : () => setChanges(changes.toSpliced(index, 1))}
        />
      ))}
      {changes.length < mostChanges && (
        <p className="wide-field">
          <button type="button" onClick={() => setChanges([...changes, freshChange])}>
            Add a change
          </button>
        </p>
      )}
    </EntryForm>
  );
}

function Change({
  number,
  choices,
  change,
  onChange,
  onTakeAway,
}: Readonly<{
  number: number;
  choices: ScenarioChoices;
  change: ChangeDraft;
  onChange: (change: ChangeDraft) => void;
  onTakeAway: (() => void) | undefined;
}>) {
  return (
    <fieldset className="wide-field scenario-change">
      <legend>Change {number}</legend>
      <div className="act-fields">
        <Choice
          label="What changes"
          value={change.kind}
          onChange={(kind) => onChange({ ...change, kind: kind as ChangeKind })}
          options={kindWords}
        />
        <ChangeFields choices={choices} change={change} onChange={onChange} />
      </div>
      {onTakeAway !== undefined && (
        <button type="button" className="plain" aria-label={`Take away change ${number}`} onClick={onTakeAway}>
          Take away
        </button>
      )}
    </fieldset>
  );
}

function ChangeFields({
  choices: { givers, keys, decisions, knownAt },
  change,
  onChange,
}: Readonly<{ choices: ScenarioChoices; change: ChangeDraft; onChange: (change: ChangeDraft) => void }>) {
  const field = (name: Exclude<keyof ChangeDraft, "kind">) => ({
    value: change[name],
    onChange: (value: string) => onChange({ ...change, [name]: value }),
  });
  const key = <OneOf label="Key" {...field("key")} options={keys.map(({ id, title }) => [id, title] as const)} />;
  switch (change.kind) {
    case "giver-leaves":
      return (
        <>
          <OneOf label="Giver" {...field("giver")} options={givers.map(({ id, name }) => [id, name] as const)} />
          <Month label="From" {...field("from")} />
          {givers.length === 0 && <Hint>Nothing is on record to forecast from, so there is no giver to choose.</Hint>}
        </>
      );
    case "decision-slips": {
      const chosen = decisions.find(({ id }) => id === change.decision);
      return (
        <>
          <OneOf
            label="Decision"
            {...field("decision")}
            options={decisions.map(({ id, title }) => [id, title] as const)}
          />
          <Month label="Expected in" {...field("from")} />
          <Percent label="Odds that it is taken, per cent" required={false} {...field("odds")} hint="as they were" />
          {decisions.length === 0 && <Hint>No money of this book is reckoned to hang on a decision.</Hint>}
          {chosen !== undefined && !chosen.open && knownAt !== null && (
            <Hint>
              It is open from {formatDay(chosen.from)} until {formatDay(chosen.until)} only: on {formatDay(knownAt)} the
              scenario has no effect. Choose a day known at above to see one.
            </Hint>
          )}
        </>
      );
    }
    case "shares-by-key":
      return (
        <>
          {key}
          <Month label="From" {...field("from")} />
        </>
      );
    case "fund":
      return (
        <>
          <Written label="Title of the fund" {...field("title")} hint="A fund of EUR 40 billion a year" />
          <Amount label="A year, EUR" {...field("yearly")} />
          <Month label="First paid from" {...field("from")} />
          <Written label="For years" {...field("years")} pattern="[1-9]|1\d|20" hint="1 to 20" />
          {key}
          <OneOf label="Stream" {...field("stream")} options={streams.map((stream) => [stream, stream] as const)} />
          <Month label="Decided in" {...field("expected")} />
          <Percent label="Odds that it is decided, per cent" {...field("odds")} hint="70" />
          <Percent label="On top of what is given anyway, per cent of it" {...field("additional")} hint="30" />
          <Choice
            label="Stands in for the decision"
            {...field("replaces")}
            options={[["", "none"], ...decisions.map(({ id, title }) => [id, title] as const)]}
          />
        </>
      );
  }
}

type FieldProps = Readonly<{ label: string; value: string; onChange: (value: string) => void }>;

function Month(props: FieldProps) {
  return (
    <Written {...props} label={`${props.label}, month`} pattern={monthPattern} hint="2027-03, or 03 for the next" />
  );
}

function Percent(props: FieldProps & Readonly<{ required?: boolean; hint: string }>) {
  return <Written {...props} pattern="(100|\d{1,2}([.,]\d+)?)" />;
}

/** One of those on record, which has to be chosen. */
function OneOf({
  label,
  value,
  onChange,
  options,
}: FieldProps & Readonly<{ options: readonly (readonly [value: string, words: string])[] }>) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} required onChange={(event) => onChange(event.target.value)}>
        {value === "" && <option value="">{"choose\u2026"}</option>}
        {options.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Hint({ children }: Readonly<{ children: ReactNode }>) {
  return <p className="hint wide-field">{children}</p>;
}
