import type { FundView } from "../../../src/core/views-funds.ts";
import { Flow, type FlowPart, type FlowRow } from "../charts/flow.tsx";
import { Figure } from "../figure/figure.tsx";
import { grouped, lengthOf, shareOf, sumOf } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { brief, isZero } from "./words.ts";

/** What a figure of a fund was drawn with. */
export function drawnWith(fund: FundView): readonly string[] {
  return [`As of ${formatDay(fund.asOf)}`, fund.title, `amounts in ${fund.currency}`];
}

export function frameOfFund(fund: FundView) {
  return {
    book: fund.book,
    asOf: fund.asOf,
    knownAt: null,
    boundary: "all",
    basis: "as-reported",
    unit: fund.currency,
  };
}

function minus(whole: string, ...parts: readonly string[]): string {
  return sumOf([whole, ...parts.map((part) => (part.startsWith("-") ? part.slice(1) : `-${part}`))]) ?? whole;
}

const total = (amounts: readonly string[]): string => sumOf(amounts) ?? "0.00";

/** The sums that the picture, its table and its text share. */
function sumsOf(fund: FundView) {
  // What is called of everybody: the record's own sum is net of what was credited in kind.
  const called = total(fund.members.map((member) => member.called));
  const fromCalls = total(fund.members.map((member) => member.received));
  const credited = total(fund.members.map((member) => member.credited));
  const voluntary = total(fund.pledges.map((pledge) => pledge.received));
  const moved = total(fund.lines.flatMap((line) => [line.movedIn, `-${line.movedOut}`]));
  const outstanding = total(fund.members.map((member) => member.outstanding));
  return {
    called,
    fromCalls,
    credited,
    voluntary,
    moved, // from other funds, net
    notDue: minus(outstanding, fund.arrears),
    notCalled: minus(fund.envelope, called),
    toCome: minus(fund.pledged, voluntary),
  };
}

/** One picture of a fund's money: the envelope, what is called of it, what came in and what became of that. */
export function MoneyFigure({ fund }: Readonly<{ fund: FundView }>) {
  const sums = sumsOf(fund);
  const text = moneyText(fund, sums);
  return (
    <Figure
      title="From envelope to payment"
      atOnce
      text={text}
      frame={frameOfFund(fund)}
      drawnWith={drawnWith(fund)}
      rows={null}
      table={{
        columns: [
          { key: "what", label: "What", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: [
          ["Envelope, all years", fund.envelope],
          ["Called", sums.called],
          ["Not yet called", sums.notCalled],
          ["Received against calls", sums.fromCalls],
          ["Credited in kind", sums.credited],
          ["Called, not yet due", sums.notDue],
          ["In arrears", fund.arrears],
          ["Pledged voluntarily", fund.pledged],
          ["Received of that", sums.voluntary],
          ...(isZero(sums.moved) ? [] : [["Moved in from other funds, net", sums.moved]]),
          ["Received in all", fund.received],
          ["Paid", fund.paid],
          ["Placed, not yet paid", fund.placed],
          ["Available", fund.available],
        ],
      }}
    >
      <Flow rows={rowsOf(fund, sums)} title={`From envelope to payment. ${text}`} />
    </Figure>
  );
}

function rowsOf(fund: FundView, sums: ReturnType<typeof sumsOf>): readonly FlowRow[] {
  const part = (name: string, amount: string, colour: string): FlowPart => ({
    name,
    amount: Math.max(lengthOf(amount), 0),
    words: brief(fund.currency, amount),
    colour,
  });
  const parts = (...all: readonly (FlowPart | null)[]) => all.filter((one) => one !== null);
  const some = (name: string, amount: string, colour: string) => (isZero(amount) ? null : part(name, amount, colour));
  const called = parts(
    part("Received", sums.fromCalls, "class-moved"),
    some("In kind", sums.credited, "k4"),
    some("Not yet due", sums.notDue, "flow-open"),
    some("In arrears", fund.arrears, "flow-late"),
  );
  const envelope = parts(
    part("Called", sums.called, "class-bound"),
    some("Not yet called", sums.notCalled, "flow-open"),
  );
  const voluntary = parts(
    part("Received", sums.voluntary, "class-moved"),
    some("Still to come", sums.toCome, "flow-open"),
  );
  const given = !isZero(fund.pledged);
  const row = (
    name: string,
    amount: string,
    start: number,
    of: readonly FlowPart[],
    from: FlowRow["from"],
  ): FlowRow => ({
    name,
    words: brief(fund.currency, amount),
    start,
    parts: of,
    from,
  });
  return [
    row("Envelope", fund.envelope, 0, envelope, []),
    row("Called", sums.called, 0, called, [[0, 0]]),
    ...(given ? [row("Pledged voluntarily", fund.pledged, Math.max(lengthOf(sums.fromCalls), 0), voluntary, [])] : []),
    row(
      "Received",
      fund.received,
      0,
      parts(
        part("Paid", fund.paid, "class-moved"),
        part("Placed, not yet paid", fund.placed, "class-placed"),
        part("Available", fund.available, "class-bound"),
      ),
      given
        ? [
            [1, 0],
            [2, 0],
          ]
        : [[1, 0]],
    ),
  ];
}

function moneyText(fund: FundView, sums: ReturnType<typeof sumsOf>): string {
  const say = (amount: string) => brief(fund.currency, amount);
  const share = shareOf(sums.called, fund.envelope);
  const sentences = [
    `Of an envelope of ${say(fund.envelope)}, ${isZero(sums.called) ? "nothing is called yet" : `${say(sums.called)} (${share ?? "a part"}) is called`}.`,
  ];
  if (!isZero(sums.called))
    sentences.push(
      `${say(sums.fromCalls)} of that has come in${isZero(fund.arrears) ? " and nothing is late" : `; ${say(fund.arrears)} is late`}.`,
    );
  if (!isZero(sums.voluntary)) sentences.push(`Voluntary pledges brought ${say(sums.voluntary)} more.`);
  if (!isZero(fund.received))
    sentences.push(
      `Of what was received, ${say(fund.paid)} is paid, ${say(fund.placed)} is placed and not yet paid, and ${say(fund.available)} is available.`,
    );
  return sentences.join(" ");
}

/** Money in, money out and money left, added up before the reader's eyes. */
export function Balance({ fund }: Readonly<{ fund: FundView }>) {
  const { received, paid, placed, available, agrees } = fund.balance;
  const { moved } = sumsOf(fund);
  const rows = [
    ["Received", received, ""],
    ...(isZero(moved) ? [] : [["Moved in from other funds, net", moved, "+"]]),
    ["Paid", paid, "\u2212"],
    ["Placed, not yet paid", placed, "\u2212"],
  ] as const;
  return (
    <section className="figure" aria-labelledby="balance-title">
      <h2 id="balance-title">Money in, money out, money left</h2>
      <table className="balance">
        <caption className="out-of-sight">
          Received less paid and placed is what is available, in {fund.currency}
        </caption>
        <tbody>
          {rows.map(([name, amount, sign]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">
                {sign} {grouped(amount)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Available</th>
            <td className="number">{grouped(available)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={agrees ? "checked" : "checked unchecked"}>
        {agrees
          ? `Checked: it adds up to the cent, in ${fund.currency}.`
          : "It does not add up. Something is wrong with the record: tell whoever runs it."}
      </p>
    </section>
  );
}
