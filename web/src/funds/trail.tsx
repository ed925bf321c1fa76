import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { ActView, FundView } from "../../../src/core/views-funds.ts";
import { counted, unitHead } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Listing } from "../parts/listing.tsx";
import { Pager, pageOf } from "../parts/paged.tsx";
import { Waiting } from "../parts/states.tsx";
import { ActLink, actsHere } from "./acts/act-link.tsx";
import { DecisionLink } from "./decision-link.tsx";
import { actKinds, inScale, newestFirst, tableScale } from "./words.ts";

const TakeBackForm = lazy(async () => ({ default: (await import("./acts/take-back.tsx")).TakeBackForm }));
const atOnce = 25;

/** Everything that was done with the fund's money, newest first; each act leads to its decision and to the reason why it could be done. */
export function Trail({ fund }: Readonly<{ fund: FundView }>) {
  const { page, kind } = useAppSearch();
  const change = useChangeSearch();
  const all = newestFirst(fund.acts);
  const kinds = [...new Set(fund.acts.map((act) => act.kind))];
  const chosen = kinds.find((one) => one === kind);
  const shown = chosen === undefined ? all : all.filter((act) => act.kind === chosen);
  const at = pageOf(page, shown.length, atOnce);
  return (
    <section className="figure span-12" aria-labelledby="trail">
      <header className="figure-head">
        <h2 id="trail">Trail</h2>
        <p className="figure-text">
          {fund.acts.length === 0
            ? "Nothing has been done with this fund yet."
            : `Everything that was done, newest first: ${counted(fund.acts.length, "act")}. Nothing is ever erased; what is taken back stays in the list.`}
        </p>
        {kinds.length > 1 && (
          <p className="filters figure-controls">
            <label>
              <span>Show</span>
              <select
                value={chosen ?? ""}
                onChange={(event) => change({ kind: event.target.value || undefined, page: undefined }, true)}
              >
                <option value="">everything</option>
                {kinds.map((one) => (
                  <option key={one} value={one}>
                    {actKinds[one].toLowerCase()}
                  </option>
                ))}
              </select>
            </label>
          </p>
        )}
      </header>
      {shown.length > 0 && <Acts fund={fund} acts={shown.slice((at - 1) * atOnce, at * atOnce)} all={shown} />}
      {shown.length > atOnce && (
        <p className="print-only">
          Acts {(at - 1) * atOnce + 1} to {Math.min(at * atOnce, shown.length)} of {shown.length}.
        </p>
      )}
      <Pager
        page={at}
        size={atOnce}
        total={shown.length}
        what="the trail"
        onPage={(to) => change({ page: to === 1 ? undefined : String(to) })}
      />
    </section>
  );
}

function Acts({ fund, acts, all }: Readonly<{ fund: FundView; acts: readonly ActView[]; all: readonly ActView[] }>) {
  const { act: open } = useAppSearch();
  const scale = tableScale(fund.acts.map((act) => act.amount));
  return (
    <Listing
      caption={`Acts of the fund, newest first, in ${unitHead(fund.currency, scale)}`}
      file={`${fund.id}-acts-${fund.asOf}`}
      rows={acts}
      all={all}
      rowKey={(act) => act.id}
      under={(act) =>
        open === `take-back ${act.id}` && (
          <Suspense fallback={<Waiting what="the form" />}>
            <TakeBackForm fund={fund} act={act} />
          </Suspense>
        )
      }
      columns={[
        {
          key: "effective_on",
          label: "On",
          value: (act) => act.effectiveOn,
          cell: (act) => formatDay(act.effectiveOn),
        },
        { key: "kind", label: "Act", value: (act) => act.kind, cell: (act) => actKinds[act.kind] },
        {
          key: "title",
          label: "What",
          width: "34%",
          value: (act) => act.title,
          cell: (act) => (
            <>
              {act.takenBackBy === null ? act.title : <s>{act.title}</s>}
              {act.takenBackBy !== null && <span className="line-purpose">taken back</span>}
              {act.postings.length > 1 && <Postings act={act} />}
            </>
          ),
        },
        {
          key: "amount",
          label: "Amount",
          small: unitHead(fund.currency, scale),
          number: true,
          value: (act) => act.amount,
          cell: (act) => inScale(act.amount, scale),
        },
        { key: "actor", label: "By", value: (act) => act.actor },
        {
          key: "decision",
          label: "Decision",
          width: "17%",
          value: (act) => act.decision,
          cell: (act) =>
            act.decision === null ? (
              <span className="muted">needs none</span>
            ) : (
              <DecisionLink fund={fund} id={act.decision} />
            ),
        },
        {
          key: "postings",
          label: "Ledger",
          value: (act) => act.postings.join(" "),
          cell: (act) => <Ways act={act} />,
        },
      ]}
    />
  );
}

/** Each posting that an act made, with the chain behind it. */
function Postings({ act }: Readonly<{ act: ActView }>) {
  return (
    <details className="postings-of">
      <summary>{counted(act.postings.length, "posting")}</summary>
      {act.postings.map((posting) => (
        <Link key={posting} to="/why/$posting" params={{ posting }} search={keepFrame()} preload={false}>
          {posting}
        </Link>
      ))}
    </details>
  );
}

function Ways({ act }: Readonly<{ act: ActView }>) {
  const [first] = act.postings;
  return (
    <span className="ways">
      {first !== undefined && (
        <Link to="/why/$posting" params={{ posting: first }} search={keepFrame()} preload={false}>
          Why?<span className="out-of-sight"> {act.title}</span>
        </Link>
      )}
      {actsHere && act.kind !== "reversal" && act.takenBackBy === null && (
        <ActLink act={`take-back ${act.id}`} hash="trail" className="quiet">
          Take back<span className="out-of-sight"> {act.title}</span>
        </ActLink>
      )}
    </span>
  );
}
