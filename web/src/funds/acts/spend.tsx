import type { AuthorityView } from "../../../../src/core/views-decisions.ts";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped, lengthOf, sumOf } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { authorityWords } from "../authorities.tsx";
import { brief, lineTitle } from "../words.ts";
import {
  Amount,
  amountOf,
  AuthorityChoice,
  Choice,
  chosenAuthority,
  earmarkOptions,
  lineOptions,
  useFields,
  Written,
} from "./fields.tsx";
import { ActForm, Recorded } from "./form.tsx";

/** Places money to a purpose, or pays: what was placed, or at once. */
export function SpendForm({ fund, paying }: Readonly<{ fund: FundView; paying: boolean }>) {
  const [fields, set] = useFields({
    line: fund.lines[0]?.id ?? "",
    earmark: "",
    amount: "",
    authority: "",
    purpose: "",
    placed: paying ? "yes" : "no",
  });
  const placed = paying && fields.placed === "yes";
  const fits = (one: AuthorityView) => one.kind === "spend" && (one.line === null || one.line === fields.line);
  const authority = chosenAuthority(fund.authorities, fits, fields.authority);
  const amount = amountOf(fields.amount);
  const sent = {
    line: fields.line,
    ...(fields.earmark === "" ? {} : { earmark: fields.earmark }),
    amount,
    ...(authority === undefined ? {} : { authority: authority.id }),
    purpose: fields.purpose,
  };
  const verb = paying ? (placed ? "Pay what was placed" : "Pay at once") : "Place";
  const under = authority === undefined ? "under no authority" : `under the authority to ${authorityWords(authority)}`;
  return (
    <ActForm
      fund={fund}
      title={paying ? "Pay" : "Place money"}
      intro={
        paying
          ? "A payment is final in the record: it can be taken back, never erased."
          : "Placed money is set aside for a purpose and can no longer be moved elsewhere."
      }
      button={paying ? "Pay" : "Place"}
      asked={`${verb}: ${fund.currency} ${grouped(amount)} from ${lineTitle(fund, fields.line)} for \u201c${fields.purpose}\u201d, ${under}.`}
      send={() => (paying ? fundApi.pay(fund.id, { ...sent, placed }) : fundApi.place(fund.id, sent))}
      done={(answer, before) => <Recorded fund={answer} before={before} />}
      aside={
        <Standing
          fund={fund}
          line={fields.line}
          earmark={fields.earmark}
          amount={amount}
          authority={authority}
          placed={placed}
        />
      }
    >
      {paying && (
        <Choice
          label="What is paid"
          value={fields.placed}
          onChange={set("placed")}
          options={[
            ["yes", "what was placed"],
            ["no", "available money, at once"],
          ]}
        />
      )}
      <Choice label="From the line" value={fields.line} onChange={set("line")} options={lineOptions(fund)} />
      {earmarkOptions(fund, fields.line).length > 1 && (
        <Choice
          label="Which money"
          value={fields.earmark}
          onChange={set("earmark")}
          options={earmarkOptions(fund, fields.line)}
        />
      )}
      <Amount label={`Amount, ${fund.currency}`} value={fields.amount} onChange={set("amount")} />
      <AuthorityChoice
        authorities={fund.authorities}
        fits={fits}
        value={authority?.id ?? ""}
        onChange={set("authority")}
      />
      <Written
        label="Purpose"
        wide
        value={fields.purpose}
        onChange={set("purpose")}
        hint="200 transformers, contract 41"
      />
    </ActForm>
  );
}

/** What the line and the authority have, before anything is sent. */
function Standing({
  fund,
  line: id,
  earmark,
  amount,
  authority,
  placed,
}: Readonly<{
  fund: FundView;
  line: string;
  earmark: string;
  amount: string;
  authority: AuthorityView | undefined;
  placed: boolean;
}>) {
  const line = fund.lines.find((one) => one.id === id);
  const pot = line?.pots.find((one) => (one.earmark ?? "") === earmark) ?? line;
  if (line === undefined || pot === undefined) return null;
  const have = placed ? pot.placed : pot.available;
  const left = authority === undefined ? null : placed ? less(authority.used, authority.paid) : authority.left;
  const asked = Number(amount);
  const short = [
    ...(asked > lengthOf(have) ? ["the line has"] : []),
    ...(left !== null && asked > lengthOf(left) ? ["the authority has left"] : []),
  ];
  return (
    <div className="act-standing">
      <h3>As it stands</h3>
      <dl className="pairs">
        <div>
          <dt>
            {placed ? "Placed and not yet paid on" : "Available on"} {line.title}
          </dt>
          <dd>{brief(fund.currency, have)}</dd>
        </div>
        {authority !== undefined && (
          <>
            <div>
              <dt>{placed ? "Placed under the authority, not yet paid" : "Left of the authority"}</dt>
              <dd>{brief(fund.currency, left)}</dd>
            </div>
            <div>
              <dt>In force</dt>
              <dd>{authority.live ? `until ${formatDay(authority.until)}` : `no: ${authority.why}`}</dd>
            </div>
          </>
        )}
      </dl>
      {authority === undefined && (
        <p>
          No authority in force allows spending on {line.title}. Nothing can be spent there until a decision grants one.
        </p>
      )}
      {short.length > 0 && <p>That is more than {short.join(", and more than ")}: it will be refused.</p>}
    </div>
  );
}

function less(whole: string, part: string): string {
  return sumOf([whole, `-${part}`]) ?? whole;
}
