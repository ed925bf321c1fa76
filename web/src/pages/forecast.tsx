import { bindingClasses, type BindingClass } from "../../../src/core/bindingness.ts";
import type { ForecastView } from "../../../src/core/views-forecast.ts";
import { forecastApi } from "../api/forecast.ts";
import { FanFigure } from "../forecast/fan-figure.tsx";
import {
  Assumed,
  Decisions,
  DriversTable,
  GiversTable,
  NeedsTable,
  PartsTable,
  ScenariosWay,
} from "../forecast/parts.tsx";
import { OwnRecord } from "../forecast/record.tsx";
import { Running } from "../forecast/running.tsx";
import { useFollowed } from "../forecast/use-followed.ts";
import { byName } from "../format/order.ts";
import { ForesightPages } from "../foresight/subnav.tsx";
import { useAppSearch, useChangeSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook } from "../frame/search.ts";
import { KnownAt } from "../planning/known-at.tsx";
import "../styles/forecast.css";

const horizons = ["12", "24", "60"] as const;
const usualHorizon = "24";

/** What will have arrived by each month, how sure that is, whom it hangs on, and how well such forecasts did before. */
export function ForecastPage() {
  useTitle("Forecast");
  const { book = defaultBook, known_at, period } = useAppSearch();
  const horizon = horizons.find((one) => one === period) ?? usualHorizon;
  const asked = { book, known_at, horizon };
  const followed = useFollowed<ForecastView>(["forecast", asked], async (hooks) => forecastApi.forecast(asked, hooks));
  const { answer } = followed;
  return (
    <>
      <ForesightPages />
      <header className="headline">
        <h1>Forecast</h1>
        <p className="standfirst">
          What will have arrived by each month, from what is on record: ten thousand courses that it could take, and the
          band that eight of ten of them stay in. Estimates, with their own record beside them.
        </p>
      </header>
      <KnownAt />
      <Running followed={followed} what="The forecast" />
      {answer !== undefined && <Shown view={answer} horizon={horizon} />}
      <OwnRecord book={book} />
    </>
  );
}

function Shown({ view, horizon }: Readonly<{ view: ForecastView; horizon: string }>) {
  const { class: asked, giver: giverAsked } = useAppSearch();
  const change = useChangeSearch();
  const shown: BindingClass = asked ?? view.driverClass ?? "bound";
  const giver = view.givers.find((one) => one.giver === giverAsked);
  const fans = giver?.classes ?? view.classes;
  const fan = fans.find((one) => one.class === shown) ?? {
    class: shown,
    onRecord: null,
    recordTo: null,
    reason: "Nothing of it is on record.",
    fan: [],
  };
  return (
    <div className="forecast-stack">
      <FanFigure
        view={view}
        fan={fan}
        of={giver?.name ?? "all givers"}
        controls={
          <>
            <p className="switch" role="group" aria-label="How binding">
              {bindingClasses.map((name) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={name === shown}
                  onClick={() => change({ class: name }, true)}
                >
                  {name}
                </button>
              ))}
            </p>
            <p className="switch" role="group" aria-label="Months ahead">
              {horizons.map((months) => (
                <button
                  key={months}
                  type="button"
                  aria-pressed={months === horizon}
                  onClick={() => change({ period: months === usualHorizon ? undefined : months }, true)}
                >
                  {months} months
                </button>
              ))}
            </p>
            <label className="forecast-giver">
              <span>Of</span>{" "}
              <select
                value={giver?.giver ?? ""}
                onChange={(event) => change({ giver: event.target.value || undefined }, true)}
              >
                <option value="">all givers</option>
                {view.givers
                  .toSorted((one, other) => byName(one.name, other.name))
                  .map((one) => (
                    <option key={one.giver} value={one.giver}>
                      {one.name}
                    </option>
                  ))}
              </select>
            </label>
          </>
        }
      />
      <ScenariosWay />
      <GiversTable view={view} shown={shown} />
      <PartsTable view={view} shown={shown} />
      <NeedsTable view={view} />
      <Decisions view={view} />
      <DriversTable view={view} />
      <Assumed view={view} />
    </div>
  );
}
