import type { AuthorityView } from "../../../../src/core/views-decisions.ts";
import type { FundView, PotView } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped, lengthOf, sumOf } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { authorityWords } from "../authorities.tsx";
import { brief, lineTitle, readable } from "../words.ts";
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

/** What can be done with a line's money under an authority to spend, and out of what. */
const ways = {
  place: { words: "available money, set aside", verb: "Place", button: "Place" },
  release: { words: "placed money, free again", verb: "Free again", button: "Free it" },
  "pay-placed": { words: "what was placed", verb: "Pay what was placed", button: "Pay" },
  pay: { words: "available money, at once", verb: "Pay at once", button: "Pay" },
  acknowledge: {
    words: "what was paid: the recipient confirms it",
    verb: "Confirm what was paid",
    button: "Put on record",
  },
} as const;
type Way = keyof typeof ways;

const forms = {
  place: {
    title: "Place money",
    label: "What is placed",
    intro: "Placed money is set aside for a purpose and can no longer be moved elsewhere, unless it is set free.",
    ways: ["place", "release"],
  },
  pay: {
    title: "Pay",
    label: "What is paid",
    intro: "Nothing is erased from the record: what was paid in error is taken back, with a reason.",
    ways: ["pay-placed", "pay", "acknowledge"],
  },
} as const;

/** Places money or sets it free, or pays it and has that confirmed: one form each. */
export function SpendForm({ fund, form: name }: Readonly<{ fund: FundView; form: keyof typeof forms }>) {
  const form = forms[name];
  const [fields, set] = useFields({
    way: form.ways[0] as string,
    line: fund.lines[0]?.id ?? "",
    earmark: "",
    amount: "",
    authority: "",
    purpose: "",
  });
  const way: Way = form.ways.find((one) => one === fields.way) ?? form.ways[0];
  const fits = (one: AuthorityView) => one.kind === "spend" && (one.line === null || one.line === fields.line);
  const authority = chosenAuthority(fund.authorities, fits, fields.authority);
  const amount = amountOf(fields.amount);
  const under = authority === undefined ? "under no authority" : `under the authority to ${authorityWords(authority)}`;
  return (
    <ActForm
      fund={fund}
      title={form.title}
      intro={form.intro}
      button={ways[way].button}
      asked={`${ways[way].verb}: ${fund.currency} ${grouped(amount)} from ${lineTitle(fund, fields.line)} for \u201c${fields.purpose}\u201d, ${under}.`}
      send={() =>
        fundApi.spend(fund.id, way, {
          line: fields.line,
          ...(fields.earmark === "" ? {} : { earmark: fields.earmark }),
          amount,
          // Where none fits, none is named, for the record itself to refuse it.
          ...(authority === undefined ? {} : { authority: authority.id }),
          purpose: fields.purpose,
        })
      }
      done={(answer, before) => <Recorded fund={answer} before={before} />}
      aside={
        <Standing
          fund={fund}
          line={fields.line}
          earmark={fields.earmark}
          amount={amount}
          authority={authority}
          way={way}
        />
      }
    >
      <Choice
        label={form.label}
        value={fields.way}
        onChange={set("way")}
        options={form.ways.map((one) => [one, ways[one].words] as const)}
      />
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

/** Out of what each way takes: of the line, and of the authority; null where the authority sets no bound. */
function boundsOf(way: Way, pot: PotView, authority: AuthorityView | undefined) {
  const placedUnder = authority === undefined ? null : less(authority.used, authority.paid);
  // Of one that allows any line, what is placed and paid is of all lines together.
  const wide = authority?.line === null ? " on all lines" : "";
  switch (way) {
    case "place":
    case "pay":
      return {
        line: ["Available on", pot.available],
        under: ["Left of the authority", authority?.left ?? null],
      } as const;
    case "acknowledge":
      return {
        line: ["Paid from", pot.paid],
        under: [`Paid under the authority${wide}`, authority?.paid ?? null],
      } as const;
    case "release":
    case "pay-placed":
      return {
        line: ["Placed and not yet paid on", pot.placed],
        under: [`Placed under the authority${wide}, not yet paid`, placedUnder],
      } as const;
  }
}

/** What the line and the authority have, before anything is sent. */
function Standing({
  fund,
  line: id,
  earmark,
  amount,
  authority,
  way,
}: Readonly<{
  fund: FundView;
  line: string;
  earmark: string;
  amount: string;
  authority: AuthorityView | undefined;
  way: Way;
}>) {
  const line = fund.lines.find((one) => one.id === id);
  const pot = line?.pots.find((one) => (one.earmark ?? "") === earmark);
  if (line === undefined || pot === undefined) return null;
  const { line: have, under } = boundsOf(way, pot, authority);
  const asked = Number(amount);
  const short = [
    ...(asked > lengthOf(have[1]) ? ["the line has"] : []),
    ...(under[1] !== null && asked > lengthOf(under[1]) ? ["the authority allows"] : []),
  ];
  return (
    <div className="act-standing">
      <h3>As it stands</h3>
      <dl className="pairs">
        <div>
          <dt>
            {have[0]} {line.title}
            {pot.earmarkTitle !== null && `, ${pot.earmarkTitle}`}
          </dt>
          <dd>{brief(fund.currency, have[1])}</dd>
        </div>
        {authority !== undefined && (
          <>
            <div>
              <dt>{under[0]}</dt>
              <dd>{brief(fund.currency, under[1])}</dd>
            </div>
            <div>
              <dt>In force</dt>
              <dd>{authority.live ? `until ${formatDay(authority.until)}` : `no: ${readable(authority.why)}`}</dd>
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
