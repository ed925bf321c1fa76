import { useQuery } from "@tanstack/react-query";
import type { VotingMember, VotingPowerView, VotingRuleView } from "../../../src/core/views-governed.ts";
import { api } from "../api/client.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { DataTable } from "../figure/data-table.tsx";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useChangeSearch, useTitle } from "../frame/hooks.ts";
import type { AppSearch } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { PowerChart } from "../power/chart.tsx";
import { DocumentLine, Keep } from "../power/keep.tsx";
import { byPower, percent, powerWords } from "../power/words.ts";

const ownWeights = "own";
const firstRule = "eu-qmv";
const nothing = {
  rule: undefined,
  weights: undefined,
  quota: undefined,
  least_members: undefined,
  least_against: undefined,
  veto: undefined,
} satisfies Partial<AppSearch>;

/** Who can turn a decision under a rule: every member's exact voting power beside its weight. */
export function PowerPage() {
  useTitle("Voting power");
  const { rule, weights, quota, least_members, least_against, veto } = useAppSearch();
  const own = rule === ownWeights || (rule === undefined && weights !== undefined);
  const question = own
    ? { weights, quota, least_members, least_against, veto }
    : { ...nothing, rule: rule ?? firstRule };
  const asked = !own || (weights !== undefined && quota !== undefined);
  const rules = useQuery({ queryKey: ["voting rules"], queryFn: ({ signal }) => api.votingRules(signal) });
  const power = useQuery({
    queryKey: ["voting power", question],
    queryFn: ({ signal }) => api.votingPower(question, signal),
    enabled: asked,
  });
  return (
    <>
      <DecidingPages />
      <header className="headline">
        <h1>Voting power</h1>
        <p className="standfirst">
          What a member can decide is not what it weighs. Every coalition that wins under a rule is counted, exactly,
          and so is every one that a member turns from losing to winning.
        </p>
      </header>
      <Choices rules={rules.data ?? []} own={own} chosen={own ? ownWeights : (rule ?? firstRule)} />
      {asked && (
        <Answered query={power} what="the voting power" tall>
          {(view) => <Power view={view} />}
        </Answered>
      )}
    </>
  );
}

function Choices({ rules, own, chosen }: Readonly<{ rules: readonly VotingRuleView[]; own: boolean; chosen: string }>) {
  const change = useChangeSearch();
  const known = rules.some((rule) => rule.id === chosen) || chosen === ownWeights;
  return (
    <>
      <p className="filters">
        <label className="power-rule">
          <span>Rule</span>
          <select value={chosen} onChange={(event) => change({ ...nothing, rule: event.target.value })}>
            {!known && <option value={chosen}>{chosen}</option>}
            {rules.map((rule) => (
              <option key={rule.id} value={rule.id}>
                {rule.title}
                {rule.modelled ? " (modelled)" : ""}
              </option>
            ))}
            <option value={ownWeights}>Weights of your own</option>
          </select>
        </label>
      </p>
      {own && <OwnWeights />}
    </>
  );
}

const fields = [
  ["weights", "Weights", "29x4,27x2,14,13,12x5", true],
  ["quota", "Quota", "62, 65%, 2/3, majority", true],
  ["least_members", "Least members", "none", false],
  ["least_against", "Least against", "none", false],
  ["veto", "Vetoes, by place", "none", false],
] as const;

function OwnWeights() {
  const search = useAppSearch();
  const change = useChangeSearch();
  return (
    <form
      className="filters"
      aria-label="Weights of your own"
      onSubmit={(event) => {
        event.preventDefault();
        const entered = new FormData(event.currentTarget);
        const text = (name: string) => {
          const value = entered.get(name);
          return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
        };
        const given = Object.fromEntries(fields.map(([name]) => [name, text(name)]));
        change({ ...nothing, ...given, rule: ownWeights });
      }}
    >
      {fields.map(([name, label, example, required]) => (
        <label key={name} className={name === "weights" ? "filter-words" : undefined}>
          <span>{label}</span>
          <input
            type="text"
            name={name}
            required={required}
            defaultValue={search[name] ?? ""}
            placeholder={example}
            autoComplete="off"
          />
        </label>
      ))}
      <button type="submit">Count</button>
    </form>
  );
}

function Power({ view }: Readonly<{ view: VotingPowerView }>) {
  const members = byPower(view.members);
  const title = view.rule?.title ?? "Weights of your own";
  return (
    <div className="grid">
      <section className="figure span-12" aria-labelledby="power-title">
        <header className="figure-head">
          <h2 id="power-title">{title}</h2>
          {view.rule !== null && <p className="figure-text">{ruleWords(view.rule)}</p>}
          <p className="figure-text">{powerWords(view)}</p>
        </header>
        <PowerChart view={view} members={members} title={title} />
        <div className="after">
          <DataTable table={tableOf(view, members)} caption={`Voting power by member: ${title}`} unit="" />
        </div>
        <div className="figure-note">
          <p>
            Shapley–Shubik: the part of all orders of joining in which the member is the one that turns the coalition.
            Banzhaf: the part of all swings, the coalitions that the member turns; absolute: of the coalitions that the
            others can form. Both take every coalition for equally likely; how members really vote is not in them.
          </p>
          <ul className="plain-list">
            {view.rule?.source != null && (
              <li>
                Rule: <DocumentLine document={view.rule.source} />
              </li>
            )}
            {view.weightSource !== null && (
              <li>
                Weights: <DocumentLine document={view.weightSource} />
              </li>
            )}
          </ul>
        </div>
        <Keep view={view} members={members} title={title} />
      </section>
    </div>
  );
}

function ruleWords(rule: VotingRuleView): string {
  const span = rule.modelled
    ? "Modelled."
    : `In this form from ${formatDay(rule.validFrom)}${rule.validTo === null ? "" : ` to ${formatDay(rule.validTo)}`}.`;
  return `${rule.summary} ${span}`;
}

function tableOf(view: VotingPowerView, members: readonly VotingMember[]) {
  const weighted = view.quota !== null;
  return {
    columns: [
      { key: "member", label: "Member", kind: "text" as const },
      ...(weighted
        ? [
            {
              key: "weight",
              label: view.rule === null ? "Weight" : `Weight: ${view.weightOf ?? ""}`,
              kind: "decimal" as const,
            },
            { key: "share", label: "% of weight", kind: "decimal" as const },
          ]
        : []),
      { key: "swings", label: "Swings", kind: "decimal" as const },
      { key: "shapley", label: "Shapley–Shubik, %", kind: "decimal" as const },
      { key: "banzhaf", label: "Banzhaf, %", kind: "decimal" as const },
      { key: "absolute", label: "Banzhaf, absolute, %", kind: "decimal" as const },
    ],
    rows: members.map((member) => [
      `${member.name}${member.veto ? " (veto)" : ""}`,
      ...(weighted ? [grouped(member.weight ?? ""), percent(member.share ?? "0", 4)] : []),
      grouped(member.swings),
      ...[member.shapley, member.banzhaf, member.absolute].map((index) => percent(index.decimal, 4)),
    ]),
  };
}
