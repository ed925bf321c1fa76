import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { FundView } from "../../../src/core/views-funds.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { keepFrame, type AppSearch } from "../frame/search.ts";
import { ActBar } from "../funds/acts/panel.tsx";
import { AsOf } from "../funds/as-of.tsx";
import { Authorities } from "../funds/authorities.tsx";
import { Bank } from "../funds/bank.tsx";
import { Calls, Pledges } from "../funds/calls.tsx";
import { DecisionLink } from "../funds/decision-link.tsx";
import { Lines } from "../funds/lines.tsx";
import { Members } from "../funds/members.tsx";
import { Balance, MoneyFigure } from "../funds/money.tsx";
import { fundQuery } from "../funds/queries.ts";
import { Trail } from "../funds/trail.tsx";
import { brief, objectWords, periodWords } from "../funds/words.ts";
import { BothKinds, YearsFigure } from "../funds/years.tsx";
import { Answered } from "../parts/states.tsx";

const sections = [
  ["money", "Money"],
  ["lines", "Lines"],
  ["members", "Members"],
  ["calls", "Calls"],
  ["pledges", "Pledges"],
  ["authorities", "Authorities"],
  ["bank", "Bank"],
  ["trail", "Trail"],
] as const;

/** One fund: what it may gather, what came in, what became of it, who is behind, and by which decision each thing was done. */
export function FundPage() {
  const { id = "" } = useParams({ strict: false });
  const { as_of } = useAppSearch();
  const query = useQuery(fundQuery(id, as_of));
  useTitle(query.data?.title ?? "Fund");
  return (
    <Answered query={query} what="the fund" tall alone>
      {(fund) => <Fund fund={fund} />}
    </Answered>
  );
}

function Fund({ fund }: Readonly<{ fund: FundView }>) {
  return (
    <article className="fund">
      <header className="headline">
        <p className="kicker">
          <Link to="/funds" search={keepFrame()}>
            Funds
          </Link>{" "}
          {"\u00b7"} {fund.id} {fund.synthetic && <strong className="synthetic">Synthetic</strong>}{" "}
          {fund.modelled !== null && <strong className="synthetic">Modelled</strong>}
        </p>
        <h1>{fund.title}</h1>
        <p className="standfirst">
          {brief(fund.currency, fund.envelope)} over {counted(fund.years.length, "year")},{" "}
          {periodWords(fund.from, fund.until)}, borne by {fund.membersName}.{" "}
          {fund.synthetic && "Made up to try the program out; none of it is a fact. "}It stands under the decision{" "}
          <DecisionLink fund={fund} id={fund.decision} />
          {fund.ended === null
            ? "."
            : `, which was ${fund.ended}: it takes in nothing new; what it holds can still be spent and moved.`}
        </p>
        {fund.modelled !== null && <p className="hint">{fund.modelled}</p>}
        <AsOf shown={fund.asOf} says="What is late is judged on this day." />
      </header>
      <ActBar fund={fund} />
      <nav className="on-page" aria-label="On this page">
        <ul>
          {sections.map(([hash, name]) => (
            <li key={hash}>
              <Link to="." hash={hash} search={(previous: AppSearch) => previous} resetScroll={false}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid" id="money">
        <div className="span-8 stack">
          <MoneyFigure fund={fund} />
          <YearsFigure fund={fund} />
          <BothKinds fund={fund} />
        </div>
        <div className="span-4 stack">
          <Balance fund={fund} />
          <Particulars fund={fund} />
        </div>
        <Lines fund={fund} />
        <Members fund={fund} />
        <Calls fund={fund} />
        <Pledges fund={fund} />
        <Authorities fund={fund} />
        <Bank fund={fund} />
        <Trail fund={fund} />
      </div>
    </article>
  );
}

/** By what it is shared and decided, and the decisions about it. */
function Particulars({ fund }: Readonly<{ fund: FundView }>) {
  const key = fund.keys.at(-1);
  const { account, gap, inKind } = fund.terms;
  const rows: readonly (readonly [string, string])[] = [
    ...(key === undefined ? [] : [[`Key, from ${formatDay(key.from)}`, key.title] as const]),
    ["Who stays out", gap === "others" ? "the others bear its part" : "its part stays open"],
    ...(inKind === null ? [] : [["In kind", inKind.says] as const]),
    ...(account === null ? [] : [["Account", `${account.holder}, ${account.number}`] as const]),
    ["Opened", formatDay(fund.openedAt)],
  ];
  return (
    <section className="figure" aria-labelledby="decided">
      <h2 id="decided">How it is decided</h2>
      <dl className="pairs">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className="plain-list decisions-on">
        {fund.decisions.map((decision) => (
          <li key={decision.id}>
            <DecisionLink fund={fund} id={decision.id} />{" "}
            <span className="muted">
              {objectWords[decision.object] ?? decision.object}; {decision.state}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
