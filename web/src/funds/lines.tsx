import { Link } from "@tanstack/react-router";
import type { FundView, LineView, PotView } from "../../../src/core/views-funds.ts";
import { lengthOf, sumOf, unitHead, type Scale } from "../format/amounts.ts";
import type { AppSearch } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { brief, creditedIn, inScale, isZero, tableScale } from "./words.ts";

/** What each line holds, what of it is free, and what is earmarked inside it. */
export function Lines({ fund }: Readonly<{ fund: FundView }>) {
  const scale = tableScale(fund.lines.flatMap((line) => [line.received, line.called, line.authorised]));
  const most = Math.max(...fund.lines.map((line) => held(line)), 1);
  const spare = sum(fund.lines, "canSpare");
  return (
    <section className="figure span-12" aria-labelledby="lines">
      <header className="figure-head">
        <h2 id="lines">Lines</h2>
        <p className="figure-text">
          {brief(fund.currency, fund.available)} is available. {brief(fund.currency, spare)} of it carries no earmark,
          and could be moved to another line by a decision.{" "}
          {fund.acts.some((act) => act.kind === "reallocate") && (
            <Link
              to="."
              hash="trail"
              search={(previous: AppSearch) => ({ ...previous, kind: "reallocate", page: undefined })}
              resetScroll={false}
            >
              What was moved so far
            </Link>
          )}
        </p>
      </header>
      <Listing
        caption={`Lines, in ${unitHead(fund.currency, scale)}`}
        file={`${fund.id}-lines-${fund.asOf}`}
        rows={fund.lines}
        rowKey={(line) => line.id}
        columns={columnsOf(fund, scale, most)}
        under={(line) => {
          const marked = line.pots.filter((pot) => pot.earmark !== null && !isEmpty(pot));
          return marked.length > 0 && <Pots fund={fund} line={line} pots={marked} />;
        }}
      />
      <p className="figure-note">
        <Swatch name="moved" /> paid <Swatch name="placed" /> placed, not yet paid <Swatch name="bound" /> available.
        Authorised: what decisions in force still allow to be spent; it may be more than what is at hand.
        {!isZero(creditedIn(fund)) && " Called, net: without what was credited in kind."}
      </p>
    </section>
  );
}

function Swatch({ name }: Readonly<{ name: string }>) {
  return <i className={`swatch class-${name}`} aria-hidden="true" />;
}

function held(line: LineView): number {
  return lengthOf(line.paid) + lengthOf(line.placed) + Math.max(lengthOf(line.available), 0);
}

function sum(
  lines: readonly LineView[],
  field: "canSpare" | "received" | "placed" | "paid" | "available" | "authorised" | "called",
): string {
  return sumOf(lines.map((line) => line[field])) ?? "0.00";
}

function columnsOf(fund: FundView, scale: Scale, most: number): readonly Column<LineView>[] {
  const money = (field: Parameters<typeof sum>[1], label: string): Column<LineView> => ({
    key: field,
    label,
    number: true,
    value: (line) => line[field],
    cell: (line) => inScale(line[field], scale),
    foot: inScale(sum(fund.lines, field), scale),
  });
  const moved = fund.lines.some((line) => !isZero(line.movedIn) || !isZero(line.movedOut));
  const net = (line: LineView) => sumOf([line.movedIn, `-${line.movedOut}`]) ?? "0.00";
  const confirmed = fund.lines.some((line) => !isZero(line.acknowledged));
  return [
    {
      key: "line",
      label: "Line",
      width: "21%",
      small: unitHead(fund.currency, scale),
      value: (line) => line.title,
      cell: (line) => (
        <>
          {line.title} <span className="muted">{line.stream}</span>
          <span className="line-purpose">{line.purpose}</span>
        </>
      ),
      foot: "All lines",
    },
    {
      key: "bar",
      label: "What it holds",
      screenOnly: true,
      value: () => "",
      cell: (line) => <LineBar line={line} most={most} />,
    },
    money("called", isZero(creditedIn(fund)) ? "Called" : "Called, net"),
    money("received", "Received"),
    ...(moved
      ? [
          {
            key: "moved_net",
            label: "Moved in, net",
            number: true,
            value: net,
            cell: (line: LineView) => signed(net(line), scale),
          },
        ]
      : []),
    money("placed", "Placed"),
    money("paid", "Paid"),
    ...(confirmed
      ? [
          {
            key: "acknowledged",
            label: "Confirmed",
            number: true,
            value: (line: LineView) => line.acknowledged,
            cell: (line: LineView) => inScale(line.acknowledged, scale),
          },
        ]
      : []),
    money("available", "Available"),
    money("canSpare", "Can spare"),
    money("authorised", "Authorised"),
  ];
}

function signed(amount: string, scale: Scale): string {
  return amount.startsWith("-") || isZero(amount) ? inScale(amount, scale) : `+${inScale(amount, scale)}`;
}

function LineBar({ line, most }: Readonly<{ line: LineView; most: number }>) {
  const parts = [
    ["class-moved", line.paid],
    ["class-placed", line.placed],
    ["class-bound", line.available],
  ] as const;
  let at = 0;
  return (
    <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(([colour, amount]) => {
        const start = at;
        at += (Math.max(lengthOf(amount), 0) / most) * 100;
        return (
          <rect key={colour} x={start} y={0} width={Math.max(at - start - 0.3, 0)} height={10} className={colour} />
        );
      })}
    </svg>
  );
}

/** Whether nothing ever came into an earmark's part of a line. */
function isEmpty(pot: PotView): boolean {
  return [pot.received, pot.movedIn, pot.movedOut, pot.placed, pot.paid, pot.available].every(isZero);
}

function Pots({ fund, line, pots }: Readonly<{ fund: FundView; line: LineView; pots: readonly PotView[] }>) {
  const titles = (ids: readonly string[] | null) =>
    ids?.map((id) => fund.lines.find((one) => one.id === id)?.title ?? id).join(", ") ?? "any line";
  return (
    <>
      {pots.map((pot) => (
        <p key={pot.earmark} className="pot">
          <b>{pot.earmarkTitle}</b> inside {line.title}: {brief(fund.currency, pot.received)} received,{" "}
          {brief(fund.currency, pot.placed)} placed, {brief(fund.currency, pot.paid)} paid,{" "}
          <b>{brief(fund.currency, pot.available)} available</b>. May be used on: {titles(pot.lines)}; it never leaves
          its earmark.
        </p>
      ))}
    </>
  );
}
