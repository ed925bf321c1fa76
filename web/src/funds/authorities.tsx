import type { AuthorityView } from "../../../src/core/views-decisions.ts";
import type { FundView } from "../../../src/core/views-funds.ts";
import { counted, unitHead, type Scale } from "../format/amounts.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { DecisionLink } from "./decision-link.tsx";
import { brief, inScale, periodWords, readable, tableScale } from "./words.ts";

/** What an authority allows, in words: "spend on Air defence", "move from Training to Air defence". */
export function authorityWords(authority: AuthorityView): string {
  const line = authority.lineTitle ?? authority.line ?? "any line";
  if (authority.kind === "call") return authority.line === null ? "call" : `call for ${line}`;
  if (authority.kind === "spend") return `spend on ${line}`;
  return `move from ${line} to ${authority.toLineTitle ?? authority.toLine ?? "another line"}`;
}

/** What decisions allow to be called, spent and moved, and what is left of it. */
export function Authorities({ fund }: Readonly<{ fund: FundView }>) {
  const scale = tableScale(fund.authorities.map((authority) => authority.amount));
  const live = fund.authorities.filter((authority) => authority.live);
  const money = (key: "amount" | "used" | "paid" | "left", label: string): Column<AuthorityView> => ({
    key,
    label,
    number: true,
    value: (authority) => authority[key],
    cell: (authority) => amountOf(authority, key, scale),
  });
  return (
    <section className="figure span-12" aria-labelledby="authorities">
      <header className="figure-head">
        <h2 id="authorities">Authorities</h2>
        <p className="figure-text">
          {fund.authorities.length === 0
            ? "No decision allows anything to be called, spent or moved yet."
            : `Nothing is called, spent or moved without one. ${counted(live.length, "is", "are")} in force${live.length === fund.authorities.length ? "" : `, ${fund.authorities.length - live.length} no longer`}.`}
        </p>
      </header>
      {fund.authorities.length > 0 && (
        <Listing
          sortable
          caption={`Authorities, in ${unitHead(fund.currency, scale)}`}
          file={`${fund.id}-authorities-${fund.asOf}`}
          rows={fund.authorities.toSorted((left, right) => Number(right.live) - Number(left.live))}
          rowKey={(authority) => authority.id}
          columns={[
            {
              key: "authority",
              label: "Allows to",
              width: "28%",
              value: authorityWords,
              cell: (authority) => (
                <span className={authority.live ? undefined : "ended"}>
                  {authorityWords(authority)}
                  {authority.purpose !== "" && <span className="line-purpose">{authority.purpose}</span>}
                </span>
              ),
            },
            { ...money("amount", "Amount"), small: unitHead(fund.currency, scale) },
            money("used", "Used"),
            money("paid", "Paid"),
            money("left", "Left"),
            {
              key: "until",
              label: "In force",
              value: (authority) => authority.until,
              cell: (authority) =>
                authority.live ? (
                  periodWords(authority.from, authority.until)
                ) : (
                  <span className="ended">
                    <b>Not in force:</b> {readable(authority.why)}
                  </span>
                ),
            },
            {
              key: "decision",
              label: "Decision",
              width: "20%",
              value: (authority) => authority.decision,
              cell: (authority) => <DecisionLink fund={fund} id={authority.decision} />,
            },
          ]}
        />
      )}
    </section>
  );
}

function amountOf(authority: AuthorityView, key: "amount" | "used" | "paid" | "left", scale: Scale) {
  if (key === "paid" && authority.kind !== "spend") return "";
  return (
    <span className={key === "left" && !authority.live ? "ended" : undefined}>{inScale(authority[key], scale)}</span>
  );
}

/** An authority in a list to choose from: "spend on Air defence: EUR 1.4 bn left (spend-air)". */
export function authorityChoice(authority: AuthorityView): string {
  const left = brief(authority.currency, authority.left);
  return `${authorityWords(authority)}: ${left} left${authority.purpose === "" ? "" : `, ${authority.purpose}`}`;
}
