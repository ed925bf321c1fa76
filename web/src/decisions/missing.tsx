import type { ConditionView, ProposalView } from "../../../src/core/views-decisions.ts";
import { counted, grouped } from "../format/amounts.ts";
import { whenWords } from "./words.ts";

const measured = (number: string, measure: string) =>
  measure === "members" ? grouped(number) : `${grouped(number)} ${measure}`;

/** What keeps the text from being adopted, and how far each condition of the rule is met. */
export function Missing({ view }: Readonly<{ view: ProposalView }>) {
  const { missing, rule } = view;
  const names = new Map(view.participants.map((party) => [party.id, party.name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const ways = missing.ways.filter((way) => way.length > 0);
  return (
    <section className="figure" aria-labelledby="missing">
      <h2 id="missing">What is missing for adoption</h2>
      <p className="after">{missingWords(view)}</p>
      {ways.length > 1 && (
        <ul className="plain-list">
          {ways.map((way, index) => (
            <li key={index}>
              <b>{index === 0 ? "Either: " : "or: "}</b>
              {way.map((condition) => gapWords(condition)).join("; and ")}.
            </li>
          ))}
        </ul>
      )}
      {rule.conditions.length > 0 && <Conditions conditions={rule.conditions} />}
      {missing.steps.length > 0 && !missing.decided && (
        <p className="after">
          Shortest way from here:{" "}
          {missing.steps.map((step) => step.charAt(0).toLowerCase() + step.slice(1)).join("; then ")}.
        </p>
      )}
      {missing.openReservations.length > 0 && (
        <p className="after">
          Reservations of parliaments stand: {missing.openReservations.map(nameOf).join(", ")}. They are on record and
          hold nothing up by themselves.
        </p>
      )}
    </section>
  );
}

function missingWords(view: ProposalView): string {
  const { missing } = view;
  if (missing.until !== null)
    return missing.ruleMet
      ? `Nothing but time: unless somebody objects in writing before, it is adopted ${whenWords(missing.until)}.`
      : `When the silence runs out ${whenWords(missing.until)}, the positions as they stand would not adopt it.`;
  if (view.texts.length === 0) return "A text: none has been issued yet.";
  if (missing.ruleMet)
    return view.stepKind === "vote" || view.stepKind === "meeting"
      ? "The positions would do: what is missing is that the adoption is put on record."
      : "Nobody stands in the way, but nothing is running that would adopt it.";
  return "The rule for adoption is not met by the positions as they stand.";
}

function gapWords(condition: ConditionView): string {
  return `${condition.says}: ${measured(condition.have, condition.measure)} now, ${shortWords(condition)}`;
}

function shortWords({ gap, measure, is }: ConditionView): string {
  return `${measured(gap, measure)} ${is === "at-least" || is === "more-than" ? "more needed" : "too many"}`;
}

const bounds = {
  "at-least": "at least",
  "more-than": "at least",
  "at-most": "at most",
  "less-than": "at most",
} as const;

function Conditions({ conditions }: Readonly<{ conditions: readonly ConditionView[] }>) {
  return (
    <div className="table-scroll tall after" tabIndex={0} role="region" aria-label="Conditions of the rule">
      <table>
        <caption className="out-of-sight">Each condition of the rule for adoption, and how it stands</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              Needed
            </th>
            <th scope="col">Met</th>
          </tr>
        </thead>
        <tbody>
          {conditions.map((condition) => (
            <tr key={condition.id}>
              <th scope="row">{condition.says}</th>
              <td className="number">{grouped(condition.have)}</td>
              <td className="number">
                <span className="muted">{bounds[condition.is]}</span> {grouped(condition.need)}
              </td>
              <td>{condition.met ? "yes" : <b>no, {shortWords(condition)}</b>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who can still keep it from being adopted, alone or together. */
export function Blocking({ view }: Readonly<{ view: ProposalView }>) {
  const { blocking } = view;
  const names = new Map(view.participants.map((party) => [party.id, party.name]));
  const list = (ids: readonly string[]) => inWords(ids.map((id) => names.get(id) ?? id));
  const taking = view.participants.filter((party) => party.takesPart).length;
  const { alone, fewest, example, holding } = blocking;
  return (
    <section className="figure" aria-labelledby="blocking">
      <h2 id="blocking">Who can still block it</h2>
      <ul className="plain-list">
        {blocking.blocked && (
          <li>
            <b>It is blocked as positions stand.</b>
            {holding.length > 0 &&
              ` It could be adopted if ${list(holding)} came round${holding.length > 1 ? ", any of them alone" : ""}.`}{" "}
            If everybody came round:
          </li>
        )}
        <li>{aloneWords(alone.length, taking, list(alone))}</li>
        {fewest === null && <li>All of them together could not block it.</li>}
        {fewest === 0 && <li>Whatever is said, the rule cannot be met.</li>}
        {fewest !== null && fewest > 1 && (
          <li>
            It takes {counted(fewest, "party", "parties")} together at least, for example {list(example)}.
          </li>
        )}
      </ul>
      <p className="figure-note">
        Counted exactly from the rule
        {blocking.blocked ? "." : "; who has said nothing is taken to be in favour."}
      </p>
    </section>
  );
}

function aloneWords(number: number, taking: number, list: string): string {
  if (number === 0) return "Nobody can block it alone.";
  if (number === taking) return `Each of the ${taking} that take part can block it alone.`;
  return number === 1 ? `${list} can block it alone.` : `Each of these can block it alone: ${list}.`;
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
