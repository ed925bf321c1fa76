import { useId } from "react";
import { emptyScenario, parseScenario, type Scenario } from "../../../src/core/burden/scenario.ts";
import { formatDecimal, parseDecimal } from "../../../src/core/money.ts";
import type { Group, Party } from "../../../src/core/views.ts";
import type { Keys } from "../../../src/core/views-governed.ts";
import { grouped } from "../format/amounts.ts";

export type Choices = Readonly<{ keys: Keys; groups: readonly Group[]; parties: readonly Party[] }>;

/** The what-if a text says; the key alone when the rest cannot be read (the server says what is wrong with it). */
function readScenario(text: string): Scenario {
  try {
    return parseScenario(text);
  } catch {
    return emptyScenario(text.split(" ")[0] ?? "");
  }
}

const ratios = [
  ["floor", "Floor", "0.001%"],
  ["ceiling", "Ceiling", "22%"],
  ["equal", "In equal parts", "10%"],
  ["discount", "Low-income discount", "80%"],
] as const;

/** One what-if as a form. Choices apply at once, written fields when they are left or sent. */
export function ScenarioForm({
  name,
  text,
  choices,
  onChange,
  onRemove,
}: Readonly<{
  name: string;
  text: string;
  choices: Choices;
  onChange: (next: Scenario) => void;
  onRemove: (() => void) | null;
}>) {
  const scenario = readScenario(text);
  const set = (change: Partial<Scenario>) => onChange({ ...scenario, ...change });
  const key = choices.keys.keys.find((one) => one.id === scenario.key);
  const slug = scenario.members ?? key?.members ?? null;
  const members = slug === null ? (key?.shares ?? []).map((share) => share.party) : membersOf(choices, slug);
  const isIn = (id: string) => members.includes(id) || scenario.with.includes(id);
  const list = (field: "out" | "without" | "with", label: string, from: readonly Party[]) => (
    <PartyList
      label={label}
      chosen={scenario[field]}
      parties={choices.parties}
      from={from.filter((party) => !scenario[field].includes(party.id))}
      onChange={(ids) => set({ [field]: ids })}
    />
  );
  const present = choices.parties.filter((party) => isIn(party.id));
  return (
    <form key={text} className="whatif-form" aria-label={name} onSubmit={(event) => event.preventDefault()}>
      <h2>{name}</h2>
      <div className="filters">
        <label>
          <span>Key</span>
          <select
            value={scenario.key}
            onChange={(event) =>
              onChange({ ...emptyScenario(event.target.value), amount: scenario.amount, year: scenario.year })
            }
          >
            {key === undefined && <option value={scenario.key}>{scenario.key}</option>}
            {choices.keys.keys.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        <Written
          label="Amount, EUR"
          value={scenario.amount === null ? "" : grouped(formatDecimal(scenario.amount, 2).replace(/\.00$/, ""))}
          example="40 bn"
          pattern="[0-9.,\s]+(bn|m)?"
          onChange={(value) => set({ amount: amountOf(value) })}
        />
        <Written
          label="Year"
          value={scenario.year === null ? "" : String(scenario.year)}
          example="2025"
          pattern="\d{4}"
          onChange={(value) => set({ year: value === "" ? null : Number(value) })}
        />
        {key?.kind === "formula" && (
          <label>
            <span>Members</span>
            <select
              value={scenario.members ?? ""}
              onChange={(event) =>
                set({ members: event.target.value || null, with: [], without: [], out: [], from: {}, until: {} })
              }
            >
              <option value="">
                {choices.groups.find((group) => group.slug === key.members)?.name ?? "as the key has them"}
              </option>
              {choices.groups
                .filter((group) => group.slug !== key.members)
                .map((group) => (
                  <option key={group.slug} value={group.slug}>
                    {group.name}
                  </option>
                ))}
            </select>
          </label>
        )}
        {list("out", "Stays out", present)}
        {scenario.out.length > 0 && (
          <label>
            <span>Their part</span>
            <select
              value={scenario.gap}
              onChange={(event) => set({ gap: event.target.value === "open" ? "open" : "others" })}
            >
              <option value="others">is borne by the others</option>
              <option value="open">stays open</option>
            </select>
          </label>
        )}
        {list("without", "Leaves", present)}
        {key?.kind === "formula" &&
          list(
            "with",
            "Joins",
            choices.parties.filter((party) => party.kind === "nation" && !isIn(party.id)),
          )}
        {key?.kind === "formula" &&
          ratios.map(([field, label, example]) => (
            <Written
              key={field}
              label={label}
              value={scenario[field] ?? ""}
              example={example}
              pattern="\d+(\.\d+)?( ?%)?|\d+/\d+"
              onChange={(value) => set({ [field]: value === "" ? null : value.replace(" ", "") })}
            />
          ))}
        {onRemove !== null && (
          <button type="button" className="plain" onClick={onRemove}>
            Remove<span className="out-of-sight"> {name}</span>
          </button>
        )}
      </div>
      {Object.entries({ ...scenario.from, ...scenario.until }).length > 0 && (
        <p className="hint">
          {[
            ...Object.entries(scenario.from).map(([id, on]) => `${id} from ${on}`),
            ...Object.entries(scenario.until).map(([id, on]) => `${id} until ${on}`),
          ].join("; ")}
        </p>
      )}
    </form>
  );
}

function membersOf(choices: Choices, slug: string): string[] {
  const group = choices.groups.find((one) => one.slug === slug);
  return (group?.members ?? []).filter((member) => member.role !== "recipient").map((member) => member.party);
}

/** "40 bn", "1,250,000.50": the amount in cents, null when there is none. */
function amountOf(text: string): bigint | null {
  const [, digits = "", word = ""] = /^([\d.,\s]*?)\s*(bn|m)?$/.exec(text.trim()) ?? [];
  const plain = digits.replace(/[,\s]/g, "");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const amount = parseDecimal(`${plain}${word === "bn" ? "e9" : word === "m" ? "e6" : ""}`, 2);
  return amount > 0n ? amount : null;
}

function Written({
  label,
  value,
  example,
  pattern,
  onChange,
}: Readonly<{ label: string; value: string; example: string; pattern: string; onChange: (value: string) => void }>) {
  const send = (input: HTMLInputElement) => {
    const next = input.value.trim();
    if (next !== value && input.checkValidity()) onChange(next);
  };
  return (
    <label>
      <span>{label}</span>
      <input
        type="text"
        className="whatif-written"
        defaultValue={value}
        placeholder={example}
        pattern={pattern}
        autoComplete="off"
        onBlur={(event) => send(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === "Enter") send(event.currentTarget);
        }}
      />
    </label>
  );
}

function PartyList({
  label,
  chosen,
  parties,
  from,
  onChange,
}: Readonly<{
  label: string;
  chosen: readonly string[];
  parties: readonly Party[];
  from: readonly Party[];
  onChange: (ids: readonly string[]) => void;
}>) {
  const id = useId();
  const nameOf = (party: string) => parties.find((one) => one.id === party)?.name ?? party;
  return (
    <div className="whatif-list">
      <label htmlFor={id}>
        <span>{label}</span>
        <select id={id} value="" onChange={(event) => onChange([...chosen, event.target.value])}>
          <option value="">{chosen.length === 0 ? "nobody" : "add…"}</option>
          {from.map((party) => (
            <option key={party.id} value={party.id}>
              {party.name}
            </option>
          ))}
        </select>
      </label>
      {chosen.map((party) => (
        <button
          key={party}
          type="button"
          className="whatif-chip"
          aria-label={`${nameOf(party)}, ${label.toLowerCase()}: take back`}
          onClick={() => onChange(chosen.filter((one) => one !== party))}
        >
          {nameOf(party)} <span aria-hidden="true">×</span>
        </button>
      ))}
    </div>
  );
}
