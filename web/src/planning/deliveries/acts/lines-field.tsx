import type { ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { formatCount } from "../../../format/amounts.ts";
import type { DraftLine } from "./draft-lines.ts";

/** Of which lines, and how many of each. */
export function LinesField({
  consignment,
  legend,
  drafts,
  onChange,
}: Readonly<{
  consignment: ConsignmentView;
  legend: string;
  drafts: readonly DraftLine[];
  onChange: (drafts: readonly DraftLine[]) => void;
}>) {
  return (
    <fieldset className="wide-field act-lines">
      <legend>{legend}</legend>
      {drafts.map((draft, index) => {
        const line = consignment.linesCarried.find((one) => one.line === draft.line);
        const name = `${line?.itemName ?? ""} from ${line?.giverName ?? ""}, line ${draft.line}`;
        const change = (to: Partial<DraftLine>) => onChange(drafts.with(index, { ...draft, ...to }));
        return (
          <div key={draft.line} className="act-line">
            <label className="tick-field">
              <input
                type="checkbox"
                checked={draft.chosen}
                onChange={(event) => change({ chosen: event.target.checked })}
              />
              <span>{name}</span>
            </label>
            <input
              type="text"
              inputMode="numeric"
              aria-label={`How many: ${name}`}
              value={draft.pieces}
              disabled={!draft.chosen}
              pattern="[0-9, ]+"
              required={draft.chosen}
              autoComplete="off"
              onChange={(event) => change({ pieces: event.target.value })}
            />
            <span className="muted">of {formatCount(draft.most)}</span>
          </div>
        );
      })}
    </fieldset>
  );
}
