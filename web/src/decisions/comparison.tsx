import { diffWordsWithSpace } from "diff";
import { useMemo } from "react";
import type { TextView } from "../../../src/core/views-decisions.ts";
import { useNames } from "./names.ts";
import { changesOf, termLines } from "./term-lines.ts";

const patience = 1000; // milliseconds; two texts that have little in common are then shown one after the other

type Piece = Readonly<{ value: string; added: boolean; removed: boolean }>;

function piecesOf(before: string, after: string): readonly Piece[] {
  return (
    diffWordsWithSpace(before, after, { timeout: patience }) ?? [
      { value: before, added: false, removed: true },
      { value: after, added: true, removed: false },
    ]
  );
}

/** Two versions of a text as one, with what went struck out and what came underlined; and the terms that differ. */
export function Comparison({ before, after }: Readonly<{ before: TextView; after: TextView }>) {
  const names = useNames();
  const title = useMemo(() => piecesOf(before.title, after.title), [before, after]);
  const body = useMemo(() => piecesOf(before.body, after.body), [before, after]);
  const changes = changesOf(termLines(before.terms, names), termLines(after.terms, names));
  const same = before.title === after.title && before.body === after.body;
  return (
    <div className="decision-text comparison">
      {same && <p className="hint">The words are the same.</p>}
      <h3>
        <Pieces pieces={title} />
      </h3>
      <p>
        <Pieces pieces={body} />
      </p>
      {changes.length === 0 ? (
        <p className="hint">What it would do once adopted is the same.</p>
      ) : (
        <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Changes in what it would do">
          <table>
            <caption>Changes in what it would do</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Version {before.version}</th>
                <th scope="col">Version {after.version}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(([name, was, is]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{was === null ? <span className="muted">not there</span> : <del>{was}</del>}</td>
                  <td>{is === null ? <span className="muted">gone</span> : <ins>{is}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Pieces({ pieces }: Readonly<{ pieces: readonly Piece[] }>) {
  return (
    <>
      {pieces.map((piece, index) =>
        piece.added ? (
          <ins key={index}>{piece.value}</ins>
        ) : piece.removed ? (
          <del key={index}>{piece.value}</del>
        ) : (
          <span key={index}>{piece.value}</span>
        ),
      )}
    </>
  );
}
