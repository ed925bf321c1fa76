import { Link } from "@tanstack/react-router";
import type { StepKind } from "../../../src/core/decisions/procedure.ts";
import type { ProposalRow } from "../../../src/core/views-decisions.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { formatMinute } from "../format/instants.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { TimeLeft, type Told } from "./clock.tsx";
import { isOpen, objectWords, placeWords, stateWords } from "./words.ts";
import { inOrder } from "../format/order.ts";

const pressing: readonly StepKind[] = ["silence", "vote", "broken", "meeting", "preparing"];

/** What is still to be decided: silences first, the nearest expiry on top. */
export function OpenList({
  rows,
  told,
  onEnd,
}: Readonly<{ rows: readonly ProposalRow[]; told: Told; onEnd: () => void }>) {
  const open = rows
    .filter((row) => isOpen(row.stepKind))
    .toSorted(
      (a, b) =>
        pressing.indexOf(a.stepKind) - pressing.indexOf(b.stepKind) ||
        inOrder(a.expiresAt ?? "", b.expiresAt ?? "") ||
        inOrder(b.lastAt, a.lastAt),
    );
  return (
    <section className="figure span-12" aria-labelledby="open">
      <header className="figure-head">
        <h2 id="open">Open now</h2>
        <p className="figure-text">{openWords(open)}</p>
      </header>
      {open.length > 0 && (
        <ul className="open-list">
          {open.map((row) => (
            <li key={row.id} data-step={row.stepKind}>
              <p className="open-state">
                <b>{row.stepTitle}</b>
                {row.expiresAt !== null && (
                  <>
                    <TimeLeft expiresAt={row.expiresAt} told={told} onEnd={onEnd} />
                    <small className="muted">
                      until {formatMinute(row.expiresAt)} {placeWords()}
                    </small>
                    <small className="muted">{formatMinute(row.expiresAt, "UTC")} UTC</small>
                  </>
                )}
              </p>
              <div>
                <p className="open-title">
                  <Link to="/decisions/$id" params={{ id: row.id }} search={keepFrame()}>
                    {row.title}
                  </Link>
                </p>
                <p className="hint">
                  {objectWords[row.object][0]} · {row.groupName ?? "no group"} · {row.procedureTitle}
                </p>
                <p className="hint">
                  Opened {formatDay(row.openedAt)}, last entry {formatMinute(row.lastAt)}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function openWords(open: readonly ProposalRow[]): string {
  const silent = open.filter((row) => row.stepKind === "silence").length;
  if (open.length === 0) return "Nothing is open.";
  return `${counted(open.length, "proposal")} to be decided, ${silent === 0 ? "none" : silent} under silence.`;
}

/** What is over: decided, rejected or withdrawn, the newest first, and found by words. */
export function DecidedList({ rows }: Readonly<{ rows: readonly ProposalRow[] }>) {
  const { q = "" } = useAppSearch();
  const change = useChangeSearch();
  const over = rows.filter((row) => !isOpen(row.stepKind)).toSorted((a, b) => inOrder(endOf(b), endOf(a)));
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = over.filter((row) => words.every((word) => textOf(row).includes(word)));
  return (
    <section className="figure span-12" aria-labelledby="decided">
      <header className="figure-head">
        <h2 id="decided">Decided</h2>
        {over.length === 0 && <p className="figure-text">Nothing has been decided yet.</p>}
      </header>
      {over.length > 0 && (
        <>
          <div className="filters">
            <label className="filter-words">
              <span>Words</span>
              <input
                type="search"
                value={q}
                placeholder="title, number, group, what it is about"
                onChange={(event) => change({ q: event.target.value || undefined }, true)}
              />
            </label>
            <p className="filter-count" role="status">
              {found.length === over.length
                ? counted(over.length, "decision")
                : `${found.length} of ${counted(over.length, "decision")}`}
            </p>
          </div>
          {found.length === 0 ? <p className="muted">None has all of these words.</p> : <Decided rows={found} />}
        </>
      )}
    </section>
  );
}

function Decided({ rows }: Readonly<{ rows: readonly ProposalRow[] }>) {
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Table of what was decided">
      <table className="stacks decided">
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">What</th>
            <th scope="col">About</th>
            <th scope="col">By</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="nowrap" data-label="On">
                {formatDay(endOf(row))}
              </td>
              <th scope="row">
                <Link to="/decisions/$id" params={{ id: row.id }} search={keepFrame()}>
                  {row.title}
                </Link>
              </th>
              <td data-label="About">{objectWords[row.object][0]}</td>
              <td data-label="By">
                {row.groupName ?? ""}
                <small className="muted"> {row.procedureTitle}</small>
              </td>
              <td data-label="Outcome" data-outcome={row.ending ?? row.result ?? "none"}>
                {stateWords(row)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function endOf(row: ProposalRow): string {
  return row.decidedAt ?? row.lastAt;
}

function textOf(row: ProposalRow): string {
  return [row.title, row.number, row.groupName, row.procedureTitle, objectWords[row.object][0], stateWords(row)]
    .join(" ")
    .toLowerCase();
}
