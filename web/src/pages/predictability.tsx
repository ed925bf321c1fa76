import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  indicatorIds,
  predictabilitySides,
  type IndicatorDefinition,
  type PredictabilityView,
} from "../../../src/core/views-predictability.ts";
import { predictabilityApi } from "../api/predictability.ts";
import { ForesightPages } from "../foresight/subnav.tsx";
import { useAppSearch, useChangeSearch, useFrame, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { Asked } from "../predictability/asked.tsx";
import { AllIndicators, OverPeriods, type Chosen } from "../predictability/compare.tsx";
import { Detail } from "../predictability/detail.tsx";
import { Together } from "../predictability/together.tsx";
import "../styles/predictability.css";

/** How predictable the support is: givers, funds or streams and periods beside each other, each figure with what it is and the rows behind it. */
export function PredictabilityPage() {
  useTitle("Predictability");
  const { view, period } = useAppSearch();
  const frame = useFrame();
  const by = predictabilitySides.find((side) => side === view) ?? "giver";
  const answer = useQuery({
    queryKey: ["predictability", by, period, frame],
    queryFn: ({ signal }) => predictabilityApi.view({ ...frame, by, period }, signal),
    placeholderData: (previous) => previous,
  });
  return (
    <>
      <ForesightPages />
      <header className="headline">
        <h1>Predictability</h1>
        <p className="standfirst">
          Did what was promised come, in full and on the day, and is what comes next on record? The field&rsquo;s own
          indicators, drawn from the rows of this record. None of them is a score, and there is no sum of them.
        </p>
      </header>
      <Answered query={answer} what="the indicators" tall>
        {(found) => <Indicators view={found} />}
      </Answered>
    </>
  );
}

function Indicators({ view }: Readonly<{ view: PredictabilityView }>) {
  const { kind, only, indicator, on } = useAppSearch();
  const change = useChangeSearch();
  const { periods, definitions } = view;
  const compared = indicatorIds.find((id) => id === kind);
  const opened = definitions.find(({ id }) => id === indicator);
  const [first] = periods;
  if (first === undefined) return null;
  const isOpen = (chosen: Chosen) =>
    chosen.indicator === indicator && (chosen.only ?? undefined) === only && chosen.period === (on ?? first.period);
  const open = (chosen: Chosen) => {
    if (isOpen(chosen)) change({ indicator: undefined, only: undefined, on: undefined }, true);
    else change({ indicator: chosen.indicator, only: chosen.only ?? undefined, on: chosen.period }, true);
  };
  const close = () => change({ indicator: undefined, only: undefined, on: undefined }, true);
  return (
    <>
      <Asked
        key={periods.map((one) => one.period).join()}
        by={view.by}
        periods={periods.map((one) => one.period)}
        definitions={definitions}
      />
      <Together
        view={view}
        period={first}
        isOpen={(id) => isOpen({ indicator: id, only: null, period: first.period })}
        onOpen={(id) => open({ indicator: id, only: null, period: first.period })}
      />
      {opened !== undefined && (
        <Detail opened={{ indicator: opened.id, by: view.by, only, period: on ?? first.period }} onClose={close} />
      )}
      {first.rows.length === 0 ? (
        <Empty title={`This book has no ${view.by} on record by then.`}>
          <p>
            Choose another book or a later day above, or see{" "}
            <Link to="/funds" search={keepFrame()}>
              the funds
            </Link>
            .
          </p>
        </Empty>
      ) : compared === undefined ? (
        <AllIndicators view={view} period={first} isOpen={isOpen} onOpen={open} />
      ) : (
        <OverPeriods view={view} indicator={compared} isOpen={isOpen} onOpen={open} />
      )}
      <Definitions definitions={definitions} />
    </>
  );
}

function Definitions({ definitions }: Readonly<{ definitions: readonly IndicatorDefinition[] }>) {
  return (
    <section className="indicator-definitions" aria-labelledby="what-each-is">
      <h2 id="what-each-is">What each is, and what it cannot tell</h2>
      <dl>
        {definitions.map(({ id, title, definition, source, cannotTell }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>{definition}</dd>
            <dd>
              <b>Cannot tell:</b> {cannotTell}
            </dd>
            <dd className="muted">{source}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
