import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { UncarriedRow } from "../../../../../src/core/views-delivery-picture.ts";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { formatCount } from "../../../format/amounts.ts";
import { formatDay } from "../../../format/days.ts";
import { useParties } from "../../../frame/hooks.ts";
import { Choice, useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { Answered } from "../../../parts/states.tsx";
import { More } from "../../filters.tsx";
import { ConsignmentLink } from "../list.tsx";
import { touched, uncarriedQuery } from "../queries.ts";
import { statesWords, streamNames, streamOrder } from "../words.ts";
import { filled } from "./event.tsx";

type Chosen = ReadonlyMap<string, string>;

/** Makes a consignment of pieces of what was placed and is in none yet. */
export function MakeForm({ book }: Readonly<{ book: string }>) {
  const [fields, set] = useFields({ id: "", title: "", carrier: "", hub: "", on: "", note: "" });
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const lines = [...chosen].map(([placement, pieces]) => {
    const digits = pieces.replaceAll(/[,\s]/g, "");
    return { placement, pieces: /^\d{1,15}$/.test(digits) ? Number(digits) : pieces };
  });
  return (
    <EntryForm
      title="Make a consignment"
      intro="Of pieces of what was placed, all of one stream. It is then followed until the recipient signs."
      button="Make it"
      asked={`A consignment ${fields.id} of ${formatCount(chosen.size)} placements.`}
      touches={touched}
      words={readable}
      send={() => deliveriesApi.make(book, { id: fields.id, title: fields.title, lines, ...optional(fields) })}
      done={(made) => (
        <>
          <h3>Made.</h3>
          <p>
            <ConsignmentLink id={made.id} title={made.title} />: {statesWords(made.states)}.
          </p>
        </>
      )}
    >
      <Written label="Id" value={fields.id} onChange={set("id")} hint="C-2026-001" />
      <Written label="Title" value={fields.title} onChange={set("title")} hint="First convoy" />
      <Written label="Carrier" required={false} value={fields.carrier} onChange={set("carrier")} />
      <Written label="Hub" required={false} value={fields.hub} onChange={set("hub")} hint="the placements&rsquo; own" />
      <Written label="On (else today)" type="date" required={false} value={fields.on} onChange={set("on")} />
      <Written label="Note" required={false} value={fields.note} onChange={set("note")} />
      <Placed book={book} chosen={chosen} onChoose={setChosen} />
    </EntryForm>
  );
}

function optional({ carrier, hub, on, note }: Readonly<Record<"carrier" | "hub" | "on" | "note", string>>) {
  return filled({ carrier, hub, on, note });
}

const shownAtOnce = 10;

/** What was placed and is in no consignment, first due first, to choose from. */
function Placed({
  book,
  chosen,
  onChoose,
}: Readonly<{ book: string; chosen: Chosen; onChoose: (chosen: Chosen) => void }>) {
  const parties = useParties().data ?? [];
  const [filter, set] = useFields({ giver: "", need: "", stream: "" });
  const query = useInfiniteQuery(
    uncarriedQuery(
      book,
      {
        giver: filter.giver || undefined,
        need: filter.need.trim() || undefined,
        stream: filter.stream || undefined,
      },
      shownAtOnce,
    ),
  );
  const put = (placement: string, pieces: string | undefined) => {
    const next = new Map(chosen);
    if (pieces === undefined) next.delete(placement);
    else next.set(placement, pieces);
    onChoose(next);
  };
  return (
    <fieldset className="wide-field act-lines">
      <legend>What it carries: {chosen.size === 0 ? "choose below" : `${chosen.size} chosen`}</legend>
      <div className="act-fields">
        <Choice
          label="Show those of"
          value={filter.giver}
          onChange={set("giver")}
          options={[["", "all givers"], ...parties.map(({ id, name }) => [id, name] as const)]}
        />
        <Choice
          label="Stream"
          value={filter.stream}
          onChange={set("stream")}
          options={[["", "all streams"], ...streamOrder.map((one) => [one, streamNames[one].toLowerCase()] as const)]}
        />
        <Written label="For the need" required={false} value={filter.need} onChange={set("need")} hint="its id" />
      </div>
      <Answered query={query} what="what is in no consignment">
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p>Nothing that was placed is left to take in.</p>;
          return (
            <>
              {rows.map((row) => (
                <PlacedLine key={row.placement} row={row} pieces={chosen.get(row.placement)} onPut={put} />
              ))}
              <More
                shown={rows.length}
                total={pages[0]?.total ?? 0}
                what="placements"
                step={shownAtOnce}
                waiting={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          );
        }}
      </Answered>
    </fieldset>
  );
}

function PlacedLine({
  row,
  pieces,
  onPut,
}: Readonly<{
  row: UncarriedRow;
  pieces: string | undefined;
  onPut: (placement: string, pieces: string | undefined) => void;
}>) {
  const name = `${row.itemName} from ${row.giverName}`;
  return (
    <div className="act-line">
      <label className="tick-field">
        <input
          type="checkbox"
          checked={pieces !== undefined}
          onChange={(event) => onPut(row.placement, event.target.checked ? String(row.pieces) : undefined)}
        />
        <span>
          {name}
          <small>
            for {row.needTitle}, {streamNames[row.stream].toLowerCase()}, through {row.hubName}, due by{" "}
            {formatDay(row.dueUntil)}
          </small>
        </span>
      </label>
      <input
        type="text"
        inputMode="numeric"
        aria-label={`How many: ${name}, placement ${row.placement}`}
        value={pieces ?? ""}
        disabled={pieces === undefined}
        pattern="[0-9, ]+"
        required={pieces !== undefined}
        autoComplete="off"
        onChange={(event) => onPut(row.placement, event.target.value)}
      />
      <span className="muted">of {formatCount(row.pieces)}</span>
    </div>
  );
}
