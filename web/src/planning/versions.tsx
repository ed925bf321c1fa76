import type { VersionView } from "../../../src/core/views-planning.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { formatMinute } from "../format/instants.ts";
import { readable } from "../funds/words.ts";
import { SourceLine } from "../parts/source-line.tsx";

const stateWords: Readonly<Record<string, string>> = { stated: "Stated", offered: "Offered", withdrawn: "Withdrawn" };

const fieldWords: Readonly<Record<string, string>> = {
  title: "title",
  accepts: "kinds taken",
  quantity: "quantity",
  priority: "priority",
  from: "from",
  until: "until",
  place: "place",
  package: "package",
  coalition: "coalition",
  note: "note",
  years: "by year",
  condition: "condition",
  repairDays: "days in repair",
  earmark: "earmark",
  caveat: "caveat",
  excludes: "not for",
  consent: "third party\u2019s consent",
  allOrNothing: "all or nothing",
  hubs: "hubs it reaches",
  valuation: "value of one",
  fund: "fund",
};

function valueOf(text: string): string {
  if (text === "") return "none";
  return /^\d+$/.test(text) ? grouped(text) : readable(text);
}

/** Everything that was ever said of a need or an offer, newest first: what changed, why, by whom, from which source. */
export function Versions({ history, what }: Readonly<{ history: readonly VersionView[]; what: "need" | "offer" }>) {
  return (
    <section className="figure span-8" aria-labelledby="history">
      <header className="figure-head">
        <h2 id="history">History</h2>
        <p className="figure-text">
          {history.length === 1
            ? `The ${what} stands as it was first entered.`
            : `${history.length} versions. None is written over: each stays on record as it was known.`}
        </p>
      </header>
      <ol className="chain versions">
        {history.map((version, index) => (
          <li key={version.seq}>
            <p>
              <b>{headOf(version, index === history.length - 1)}</b>, known {formatDay(version.knownAt)}
            </p>
            {version.reason !== "" && <p>{version.reason}</p>}
            {version.changes.map(({ field, before, after }) => (
              <p key={field} className="change">
                <span className="muted">{fieldWords[field] ?? field}:</span> <s>{valueOf(before)}</s>{" "}
                <span aria-hidden="true">{"\u2192"}</span>
                <span className="out-of-sight">now</span> {valueOf(after)}
              </p>
            ))}
            <p className="hint">
              <SourceLine source={version.source} />; entered by {version.actor}, {formatMinute(version.recordedAt)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function headOf({ state, seq }: VersionView, first: boolean): string {
  if (state === "withdrawn") return "Withdrawn";
  return first ? (stateWords[state] ?? state) : `Changed, version ${seq}`;
}

/** Where it was said first, and by what it was changed last. */
export function SourcesOf({ history }: Readonly<{ history: readonly VersionView[] }>) {
  const [last, first] = [history[0], history.at(-1)];
  if (last === undefined || first === undefined) return null;
  return (
    <p className="hint after">
      Source: <SourceLine source={first.source} />
      {last.source.id !== first.source.id && (
        <>
          ; last changed by <SourceLine source={last.source} />
        </>
      )}
    </p>
  );
}
