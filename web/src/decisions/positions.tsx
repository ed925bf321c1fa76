import type { ReactNode } from "react";
import { standings, type Standing } from "../../../src/core/decisions/procedure.ts";
import type { ParticipantView, ProposalView } from "../../../src/core/views-decisions.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { formatMinute } from "../format/instants.ts";
import { countWords, standingHeads, standingWords } from "./words.ts";
import { byName } from "../format/order.ts";

const loud: readonly Standing[] = ["against", "constructive-abstain", "abstain", "for", "silent"];

const strip: readonly Standing[] = ["for", "silent", "abstain", "constructive-abstain", "against"];

/** Who stands where: a row for each party, a column for each way to stand. */
export function Positions({ view }: Readonly<{ view: ProposalView }>) {
  const taking = view.participants.filter((party) => party.takesPart);
  const out = view.participants.filter((party) => !party.takesPart);
  const ways = standings.filter(
    (standing) =>
      standing === "silent" ||
      view.positionsAllowed.some((one) => one === standing) ||
      taking.some((party) => party.standing === standing),
  );
  const measures = Object.keys(taking[0]?.weights ?? {});
  const local = taking.some((party) => party.localExpiry !== null);
  const rows = taking.toSorted((a, b) => loud.indexOf(a.standing) - loud.indexOf(b.standing) || byName(a.name, b.name));
  return (
    <section className="figure span-12" aria-labelledby="positions">
      <header className="figure-head">
        <h2 id="positions">Positions</h2>
        <p className="figure-text">
          {summary(taking)}
          {view.stepKind === "silence" && " Under silence, who says nothing consents."}
        </p>
      </header>
      <Strip taking={taking} />
      <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Positions by party">
        <table className="positions">
          <caption className="out-of-sight">Where each party stands on the text</caption>
          <thead>
            <tr>
              <th scope="col">Party</th>
              {ways.map((standing) => (
                <th key={standing} scope="col" className="stand">
                  {standingHeads[standing]}
                </th>
              ))}
              {measures.map((measure) => (
                <th key={measure} scope="col" className="number">
                  {measure[0]?.toUpperCase()}
                  {measure.slice(1)}
                </th>
              ))}
              <th scope="col" className="words">
                In its words
              </th>
              <th scope="col">Since</th>
              {local && <th scope="col">Expiry by its clocks</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((party) => (
              <tr key={party.id} data-standing={party.standing}>
                <th scope="row">
                  {party.name}
                  <small className="muted"> {party.roles.filter((role) => role !== "member").join(", ")}</small>
                </th>
                {ways.map((standing) => (
                  <td key={standing} className="stand" data-here={party.standing === standing}>
                    {party.standing === standing && (
                      <>
                        <i className={`standing standing-${standing}`} aria-hidden="true" />
                        <span className="stand-words">{standingWords[standing]}</span>
                      </>
                    )}
                  </td>
                ))}
                {measures.map((measure) => (
                  <td key={measure} className="number" data-label={measure}>
                    {grouped(party.weights[measure] ?? "")}
                  </td>
                ))}
                <td className="words">{wordsOf(party, view)}</td>
                <td className="nowrap since">{party.since === null ? "" : formatMinute(party.since)}</td>
                {local && <td className="nowrap local">{localWords(party)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {out.length > 0 && (
        <p className="figure-note">Not taking part, and not counted: {out.map((party) => party.name).join(", ")}.</p>
      )}
    </section>
  );
}

/** Everybody as one bar, cut by where they stand. */
function Strip({ taking }: Readonly<{ taking: readonly ParticipantView[] }>) {
  const numbers = strip.map((standing) => taking.filter((party) => party.standing === standing).length);
  const parts = strip
    .map((standing, index) => ({
      standing,
      number: numbers[index] ?? 0,
      start: numbers.slice(0, index).reduce((sum, number) => sum + number, 0),
    }))
    .filter(({ number }) => number > 0);
  const share = (number: number) => `${(number / Math.max(taking.length, 1)) * 100}%`;
  return (
    <div className="strip">
      <svg width="100%" height="18" aria-hidden="true">
        {parts.map(({ standing, number, start }) => (
          <rect key={standing} x={share(start)} width={share(number)} height="18" className={`standing-${standing}`} />
        ))}
      </svg>
      <p className="legend" aria-hidden="true">
        {parts.map(({ standing, number }) => (
          <span key={standing}>
            <i className={`standing standing-${standing}`} /> {number} {countWords[standing]}
          </span>
        ))}
      </p>
    </div>
  );
}

function summary(taking: readonly ParticipantView[]): string {
  const number = (standing: Standing) => taking.filter((party) => party.standing === standing).length;
  const said = standings
    .filter((standing) => standing !== "silent" && number(standing) > 0)
    .map((standing) => `${number(standing)} ${countWords[standing]}`);
  const reservations = taking.filter((party) => party.reservation !== null).length;
  return [
    `Of ${taking.length} that take part, ${said.length === 0 ? "none has said anything" : `${said.join(", ")}`}${said.length === 0 || number("silent") === 0 ? "" : `, and ${number("silent")} have said nothing`}.`,
    reservations === 0
      ? ""
      : reservations === 1
        ? "One reservation of a parliament stands."
        : `${reservations} reservations of parliaments stand.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function wordsOf(party: ParticipantView, view: ProposalView): ReactNode {
  const parts: ReactNode[] = [];
  const { objection, declaration, reason, restricted, reservation } = party;
  if (objection !== null)
    parts.push(
      <>
        <b>{objection.form === "amendment" ? "Amendment" : "Objection"}:</b> {objection.text}
      </>,
    );
  if (declaration !== null)
    parts.push(
      <>
        <b>Declaration:</b> {declaration}
      </>,
    );
  if (reason !== null) parts.push(reason);
  if (restricted) parts.push(<span className="restricted">The reason is restricted</span>);
  if (reservation !== null)
    parts.push(
      <>
        <b>Reservation</b> since {formatDay(reservation.placedAt)}: {reservation.note}
      </>,
    );
  const newest = view.texts.at(-1)?.version ?? null;
  if (party.textVersion !== null && party.textVersion !== newest)
    parts.push(<span className="muted">on version {party.textVersion}</span>);
  return parts.map((part, index) => <p key={index}>{part}</p>);
}

function localWords({ localExpiry: local }: ParticipantView): string {
  return local === null ? "" : `${formatDay(local.day)}, ${local.time.slice(0, 5)} ${local.place}`;
}
