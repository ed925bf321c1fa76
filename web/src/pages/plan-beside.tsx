import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { PlanComparison, PlanRow } from "../../../src/core/views-plan.ts";
import { counted, formatCount, moneyWords } from "../format/amounts.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { Answered } from "../parts/states.tsx";
import { comparisonQuery, planQuery } from "../planning/plans/queries.ts";
import { useKindName } from "../planning/plans/names.ts";
import { changedWords } from "../planning/plans/words.ts";
import { PlanningPages } from "../planning/subnav.tsx";

/** A plan beside another: which choices changed, and what that means for needs and givers. */
export function PlanBesidePage() {
  const { id = "", other = "" } = useParams({ strict: false });
  const { book = defaultBook } = useAppSearch();
  const query = useQuery(comparisonQuery(book, id, other));
  const currency = useQuery(planQuery(book, other)).data?.currency ?? "";
  useTitle(`${other} beside ${id}`);
  return (
    <>
      <PlanningPages />
      <Answered query={query} what="the two plans" tall alone>
        {(found) => <Comparison found={found} currency={currency} />}
      </Answered>
    </>
  );
}

function Comparison({ found, currency }: Readonly<{ found: PlanComparison; currency: string }>) {
  const { a, b, changes, needs, effort, total } = found;
  const kindName = useKindName();
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/plans" search={keepFrame()}>
            Plans
          </Link>{" "}
          {"\u00b7"} comparison {b.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>
          <Name plan={b} /> beside <Name plan={a} />
        </h1>
        <p className="standfirst">{headOf(found)}</p>
      </header>
      <div className="grid">
        <section className="figure span-12" aria-labelledby="needs-changed">
          <header className="figure-head">
            <h2 id="needs-changed">Needs that get more or less</h2>
            <p className="figure-text">
              {needs.length === 0 ? "Every need gets the same." : `${counted(needs.length, "need")}.`}
            </p>
          </header>
          {needs.length > 0 && (
            <Listing
              caption="Needs that get more or less"
              rows={needs}
              rowKey={(one) => one.need}
              columns={needColumns}
              file={`${a.id}-${b.id}-needs`}
            />
          )}
        </section>
        <section className="figure span-12" aria-labelledby="changes">
          <header className="figure-head">
            <h2 id="changes">Choices that changed</h2>
            <p className="figure-text">
              {total === 0
                ? "None."
                : `${counted(total, "change")}${changes.length < total ? `, of which the ${formatCount(changes.length)} largest` : ""}.`}
            </p>
          </header>
          {changes.length > 0 && (
            <Listing
              caption="Choices that changed"
              rows={changes}
              rowKey={(one) => [one.offer, one.need, one.item, one.hub].join("|")}
              columns={changeColumns(kindName)}
              file={`${a.id}-${b.id}-changes`}
            />
          )}
        </section>
        <section className="figure span-12" aria-labelledby="efforts">
          <header className="figure-head">
            <h2 id="efforts">Who bears more or less</h2>
            <p className="figure-text">
              {effort.length === 0 ? "Everybody bears the same." : `${counted(effort.length, "giver")}.`}
            </p>
          </header>
          {effort.length > 0 && (
            <Listing
              caption="Who bears more or less"
              rows={effort}
              rowKey={(one) => one.giver}
              columns={effortColumns(currency)}
              file={`${a.id}-${b.id}-effort`}
            />
          )}
        </section>
      </div>
    </article>
  );
}

function Name({ plan }: Readonly<{ plan: PlanRow }>) {
  return (
    <Link to="/plans/$id" params={{ id: plan.id }} search={keepFrame()}>
      {plan.title === "" ? plan.id : plan.title}
    </Link>
  );
}

function headOf(found: PlanComparison): string {
  const { a, b } = found;
  const better = a.score === 0 ? "" : ` ${rewardWords((b.score - a.score) / a.score)}`;
  return `${changedWords(found)}${better}`;
}

function rewardWords(change: number): string {
  if (Math.abs(change) < 0.00005) return "The needs are met as well as before.";
  const per = `${(Math.abs(change) * 100).toFixed(2)}%`;
  return change > 0 ? `By the goals of both it is worth ${per} more.` : `By the goals of both it is worth ${per} less.`;
}

type Need = PlanComparison["needs"][number];
const needColumns: readonly Column<Need>[] = [
  {
    key: "need",
    label: "Need",
    value: (one) => one.need,
    cell: (one) => (
      <Link to="/needs/$id" params={{ id: one.need }} search={keepFrame()} preload={false}>
        {one.title === "" ? one.need : one.title}
      </Link>
    ),
  },
  { key: "priority", label: "Priority", number: true, value: (one) => String(one.priority) },
  { key: "needed", label: "Needed", number: true, value: (one) => formatCount(one.needed) },
  { key: "before", label: "Before", number: true, value: (one) => formatCount(one.before) },
  { key: "after", label: "After", number: true, value: (one) => formatCount(one.after) },
];

type Change = PlanComparison["changes"][number];
const changeColumns = (kindName: (id: string) => string): readonly Column<Change>[] => [
  {
    key: "offer",
    label: "What",
    value: (one) => one.offer,
    cell: (one) => (
      <>
        <Link to="/offers/$id" params={{ id: one.offer }} search={keepFrame()} preload={false}>
          {kindName(one.item)}
        </Link>
        <span className="line-purpose">
          {one.offer}, through {one.hubName}
        </span>
      </>
    ),
  },
  {
    key: "need",
    label: "For",
    value: (one) => one.need,
    cell: (one) => (
      <Link to="/needs/$id" params={{ id: one.need }} search={keepFrame()} preload={false}>
        {one.need}
      </Link>
    ),
  },
  { key: "before", label: "Before", number: true, value: (one) => formatCount(one.before) },
  { key: "after", label: "After", number: true, value: (one) => formatCount(one.after) },
  { key: "says", label: "What changed", value: (one) => one.says },
];

type Effort = PlanComparison["effort"][number];
const effortColumns = (currency: string): readonly Column<Effort>[] => [
  { key: "giver", label: "Giver", value: (one) => one.name },
  {
    key: "before",
    label: "Before",
    number: true,
    value: (one) => one.before,
    cell: (one) => moneyWords(currency, one.before),
  },
  {
    key: "after",
    label: "After",
    number: true,
    value: (one) => one.after,
    cell: (one) => moneyWords(currency, one.after),
  },
];
