import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FundList, FundModel, FundRow } from "../../../src/core/views-funds.ts";
import { lengthOf, unitHead, type Scale } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { fundsQuery } from "../funds/queries.ts";
import { brief, inScale, isZero, periodWords, tableScale } from "../funds/words.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { Answered, Empty } from "../parts/states.tsx";

/** The funds of the book, and public proposals that a fund could be modelled on. */
export function FundsPage() {
  useTitle("Funds");
  const { book = defaultBook, as_of } = useAppSearch();
  const query = useQuery(fundsQuery(book, as_of));
  return (
    <>
      <header className="headline">
        <h1>Funds</h1>
        <p className="standfirst">
          What each fund may gather over its years, what it has called and received, and what became of that. Nothing is
          called, spent or moved without a decision that allows it.
        </p>
      </header>
      <Answered query={query} what="the funds" tall>
        {(list) => (
          <>
            <Funds list={list} />
            <Models models={list.models} />
          </>
        )}
      </Answered>
    </>
  );
}

function Funds({ list }: Readonly<{ list: FundList }>) {
  if (list.funds.length === 0) {
    return (
      <Empty title="No fund is open in this book.">
        <p>
          A fund is opened by a decision: propose one of the models below, or{" "}
          <Link to="/decisions/new" search={keepFrame()}>
            a fund of your own
          </Link>
          . Once the proposal is adopted, the fund stands here and its contributions can be called.
        </p>
      </Empty>
    );
  }
  return (
    <section className="figure" aria-labelledby="list">
      <header className="figure-head">
        <h2 id="list">On record</h2>
        <p className="figure-text">
          As of {formatDay(list.asOf)}. Each fund in its own currency; funds are not added up.
        </p>
      </header>
      <Listing caption="Funds" rows={list.funds} rowKey={(fund) => fund.id} columns={columnsOf()} />
      <p className="figure-note">
        <i className="swatch class-moved" aria-hidden="true" /> received{" "}
        <i className="swatch class-bound" aria-hidden="true" /> called{" "}
        <i className="swatch flow-open" aria-hidden="true" /> envelope of all years.
      </p>
    </section>
  );
}

type Field = "envelope" | "called" | "received" | "placed" | "paid" | "available" | "arrears";

function columnsOf(): readonly Column<FundRow>[] {
  // Every fund has a scale of its own: their currencies and sizes differ.
  const scaleOf = (fund: FundRow): Scale => tableScale([fund.envelope]);
  const money = (key: Field, label: string): Column<FundRow> => ({
    key,
    label,
    number: true,
    value: (fund) => fund[key],
    cell: (fund) => (
      <span className={key === "arrears" && !isZero(fund.arrears) ? "late" : undefined}>
        {inScale(fund[key], scaleOf(fund))}
      </span>
    ),
  });
  return [
    {
      key: "fund",
      label: "Fund",
      value: (fund) => fund.title,
      cell: (fund) => (
        <>
          <Link to="/funds/$id" params={{ id: fund.id }} search={keepFrame()}>
            {fund.title}
          </Link>
          <Standing synthetic={fund.synthetic} modelled={fund.modelled} />
          <span className="line-purpose">
            {fund.membersName}, {periodWords(fund.from, fund.until)}
          </span>
        </>
      ),
    },
    { key: "bar", label: "Called and received", value: () => "", cell: (fund) => <FundBar fund={fund} /> },
    {
      key: "unit",
      label: "In",
      value: (fund) => fund.currency,
      cell: (fund) => unitHead(fund.currency, scaleOf(fund)),
    },
    money("envelope", "Envelope"),
    money("called", "Called"),
    money("received", "Received"),
    money("placed", "Placed"),
    money("paid", "Paid"),
    money("available", "Available"),
    money("arrears", "In arrears"),
  ];
}

/** Whether the money is made up, or the fund a model. */
function Standing({ synthetic, modelled }: Readonly<{ synthetic: boolean; modelled: string | null }>) {
  return (
    <>
      {synthetic && (
        <>
          {" "}
          <strong className="synthetic">Synthetic</strong>
        </>
      )}
      {modelled !== null && (
        <>
          {" "}
          <strong className="synthetic">Modelled</strong>
        </>
      )}
    </>
  );
}

function FundBar({ fund }: Readonly<{ fund: FundRow }>) {
  const part = (amount: string) => Math.min((lengthOf(amount) / Math.max(lengthOf(fund.envelope), 1)) * 100, 100);
  return (
    <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={100} height={10} className="flow-open" />
      <rect width={part(fund.called)} height={10} className="class-bound" />
      <rect y={2.5} width={part(fund.received)} height={5} className="class-moved" />
    </svg>
  );
}

function Models({ models }: Readonly<{ models: readonly FundModel[] }>) {
  return (
    <section className="models" aria-labelledby="models">
      <header className="figure-head">
        <h2 id="models">Models</h2>
        <p className="figure-text">
          Funds modelled on public proposals. They are no record of anything: no money stands in them until a group
          decides to open one.
        </p>
      </header>
      <div className="grid">
        {models.map((model) => (
          <Model key={model.id} model={model} />
        ))}
      </div>
    </section>
  );
}

function Model({ model }: Readonly<{ model: FundModel }>) {
  const [first] = model.years;
  const last = model.years.at(-1);
  const scenario = `${model.key} amount-${first?.amount.replace(/\.0+$/, "") ?? ""} year-${first?.year ?? ""}`;
  return (
    <article className="figure span-6 model" aria-labelledby={`model-${model.id}`}>
      <h3 id={`model-${model.id}`}>
        {model.title} <strong className="synthetic">Modelled</strong>
      </h3>
      <p>
        {first !== undefined &&
          (model.years.length === 1
            ? `${brief(model.currency, first.amount)} in ${first.year}.`
            : `${brief(model.currency, first.amount)} a year from ${first.year} to ${last?.year ?? ""}.`)}{" "}
        No money stands in it.
      </p>
      <p className="muted">{model.modelled}</p>
      <p className="hint">
        Source:{" "}
        {model.source.url === null ? (
          model.source.title
        ) : (
          <a href={model.source.url} rel="noreferrer">
            {model.source.title}
          </a>
        )}
        , {model.source.publisher}
        {model.source.publishedOn !== null && `, ${formatDay(model.source.publishedOn)}`}. {model.source.note}
      </p>
      <p className="tools">
        <Link to="/decisions/new" search={keepFrame({ model: model.id })} className="as-button">
          Propose this fund<span className="out-of-sight">: {model.title}</span>
        </Link>
        {first !== undefined && (
          <Link to="/whatif" search={keepFrame({ today: scenario })}>
            What if<span className="out-of-sight">: {model.title}</span>: who would pay what
          </Link>
        )}
      </p>
    </article>
  );
}
