import type { Scenario } from "../../../src/core/burden/scenario.ts";
import { formatDecimal } from "../../../src/core/money.ts";
import { grouped } from "../format/amounts.ts";
import { amountOf, membersOf, readScenario, underKey, type Choices } from "./choices.ts";
import { Fine } from "./fine.tsx";
import { PartyPicker } from "./party-picker.tsx";
import { Written } from "./written.tsx";

/** One what-if as a form. Choices apply at once, written fields when they are left or sent. */
export function ScenarioForm({
  name,
  note,
  text,
  choices,
  onChange,
  onRemove,
}: Readonly<{
  name: string;
  note: string;
  text: string;
  choices: Choices;
  onChange: (next: Scenario) => void;
  onRemove: (() => void) | null;
}>) {
  const scenario = readScenario(text);
  const set = (change: Partial<Scenario>) => onChange({ ...scenario, ...change });
  const key = choices.keys.keys.find((one) => one.id === scenario.key);
  const members = membersOf(choices, key, scenario.members);
  const isIn = (id: string) => members.includes(id) || scenario.with.includes(id);
  const present = choices.parties.filter((party) => isIn(party.id));
  const strangers = choices.parties.filter((party) => party.kind === "nation" && !members.includes(party.id));
  return (
    <form className="whatif-form" aria-label={name} onSubmit={(event) => event.preventDefault()}>
      <header>
        <h2>{name}</h2>
        <span className="hint">{note}</span>
        {onRemove !== null && (
          <button type="button" className="plain" onClick={onRemove}>
            Remove<span className="out-of-sight"> {name}</span>
          </button>
        )}
      </header>
      <div className="whatif-fields">
        <label className="whatif-field whatif-key">
          <span>Key</span>
          <select value={scenario.key} onChange={(event) => onChange(underKey(scenario, event.target.value, choices))}>
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
          has="as today's"
          example="40 bn or 1,250,000.50"
          reads={(written) => amountOf(written) !== null}
          onChange={(value) => set({ amount: amountOf(value) })}
        />
        <Written
          label="Year"
          value={scenario.year === null ? "" : String(scenario.year)}
          has="as today's"
          example="2025"
          reads={(written) => /^[12]\d{3}$/.test(written)}
          onChange={(value) => set({ year: value === "" ? null : Number(value) })}
        />
        {key?.kind === "formula" && (
          <label className="whatif-field">
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
        <PartyPicker label="Stays out" chosen={scenario.out} from={present} onChange={(out) => set({ out })} />
        {key?.kind === "formula" && (
          <PartyPicker
            label="Joins"
            chosen={scenario.with}
            from={strangers}
            onChange={(joins) => set({ with: joins })}
          />
        )}
        <PartyPicker label="Leaves" chosen={scenario.without} from={present} onChange={(without) => set({ without })} />
        {scenario.out.length > 0 && (
          <label className="whatif-field">
            <span>Part of who stays out</span>
            <select
              value={scenario.gap}
              onChange={(event) => set({ gap: event.target.value === "open" ? "open" : "others" })}
            >
              <option value="others">others bear it</option>
              <option value="open">stays open</option>
            </select>
          </label>
        )}
      </div>
      <Fine key={scenario.key} scenario={scenario} rule={key} present={present} set={set} />
    </form>
  );
}
