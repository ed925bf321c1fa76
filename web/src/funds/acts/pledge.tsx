import { useState } from "react";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped, sumOf } from "../../format/amounts.ts";
import { slugOf } from "../../format/written.ts";
import { useParties } from "../../frame/hooks.ts";
import { brief, lineTitle } from "../words.ts";
import { Amount, amountOf, Choice, earmarkOptions, lineOptions, useFields, Written } from "./fields.tsx";
import { ActForm, Recorded } from "./form.tsx";

type Part = Readonly<{ dueOn: string; amount: string }>;

/** Adds what a party pledges of its own accord, in one or more parts. */
export function PledgeForm({ fund }: Readonly<{ fund: FundView }>) {
  const [fields, set] = useFields({
    party: fund.members[0]?.party ?? "",
    line: fund.lines[0]?.id ?? "",
    earmark: "",
    title: "",
    conditions: "",
  });
  const [parts, setParts] = useState<readonly Part[]>([{ dueOn: "", amount: "" }]);
  const parties = useParties().data ?? [];
  const members = new Set(fund.members.map((member) => member.party));
  const nameOf = (id: string) =>
    fund.members.find((member) => member.party === id)?.name ?? parties.find((party) => party.id === id)?.name ?? id;
  const change = (index: number, part: Partial<Part>) =>
    setParts(parts.map((one, place) => (place === index ? { ...one, ...part } : one)));
  const instalments = parts.map((part) => ({ dueOn: part.dueOn, amount: amountOf(part.amount) }));
  const known = instalments.map((part) => part.amount).filter((amount) => /^\d+(\.\d+)?$/.test(amount));
  const total = sumOf(known) ?? "0.00";
  return (
    <ActForm
      fund={fund}
      title="Add a voluntary pledge"
      button="Add the pledge"
      asked={`Pledge ${fund.currency} ${grouped(total)} of ${nameOf(fields.party)} for ${lineTitle(fund, fields.line)}.`}
      send={() =>
        fundApi.pledge(fund.id, {
          id: slugOf(`${fields.party} ${fields.title}`),
          party: fields.party,
          line: fields.line,
          ...(fields.earmark === "" ? {} : { earmark: fields.earmark }),
          title: fields.title,
          ...(fields.conditions === "" ? {} : { conditions: fields.conditions }),
          instalments,
        })
      }
      done={(answer, before) => <Recorded fund={answer} before={before} />}
      aside={
        <div className="act-standing">
          <h3>In all</h3>
          <p>
            {brief(fund.currency, total)} of {nameOf(fields.party)} in{" "}
            {parts.length === 1 ? "one part" : `${parts.length} parts`}. Each part gets a reference of its own by which
            its payment is recognised.
          </p>
        </div>
      }
    >
      <Choice
        label="Who pledges"
        value={fields.party}
        onChange={set("party")}
        options={[
          ...fund.members.map(({ party, name }) => [party, name] as const),
          ...parties
            .filter((party) => !members.has(party.id))
            .map(({ id, name }) => [id, `${name} (no member)`] as const),
        ]}
      />
      <Choice label="For the line" value={fields.line} onChange={set("line")} options={lineOptions(fund)} />
      {earmarkOptions(fund, fields.line).length > 1 && (
        <Choice
          label="Earmark"
          value={fields.earmark}
          onChange={set("earmark")}
          options={earmarkOptions(fund, fields.line)}
        />
      )}
      <Written label="Title" wide value={fields.title} onChange={set("title")} hint="Interceptors, three years" />
      <Written label="Conditions" wide required={false} value={fields.conditions} onChange={set("conditions")} />
      <fieldset className="wide-field parts">
        <legend>Parts</legend>
        {parts.map((part, index) => (
          <div key={index} className="part">
            <Written
              label={`Due, part ${index + 1}`}
              type="date"
              value={part.dueOn}
              onChange={(dueOn) => change(index, { dueOn })}
            />
            <Amount
              label={`Amount, part ${index + 1}`}
              value={part.amount}
              onChange={(amount) => change(index, { amount })}
            />
            {parts.length > 1 && (
              <button type="button" className="plain" onClick={() => setParts(parts.toSpliced(index, 1))}>
                Remove<span className="out-of-sight"> part {index + 1}</span>
              </button>
            )}
          </div>
        ))}
        <button type="button" className="plain" onClick={() => setParts([...parts, { dueOn: "", amount: "" }])}>
          Another part
        </button>
      </fieldset>
    </ActForm>
  );
}
