import { errorCatalogue, type ErrorCode } from "#core/errors.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { parseDecimal } from "#core/money.ts";
import type { ReallocationPreview, ReceiptsReport, WhyView } from "#core/views-funds.ts";
import { act, nameOf, members, calls, referenceOf, shareOf, state, terms, today, type Pot } from "./state.ts";
import { authorities, callView, entryView, fundList, fundView, money, potSums } from "./view.ts";

type Reply = Readonly<{ status: number; body: unknown }>;
type Fields = Readonly<Record<string, unknown>>;

const day = (query: URLSearchParams) => query.get("as_of") ?? today;
const isFund = (id: string) => id === terms.id;

export const fundRoutes: readonly (readonly [RegExp, (query: URLSearchParams, id: string) => unknown])[] = [
  [/^\/funds$/, (query) => fundList(query.get("book") ?? "", day(query))],
  [/^\/funds\/([^/]+)$/, (query, id) => (isFund(id) ? fundView(day(query)) : undefined)],
  [/^\/funds\/[^/]+\/calls\/([^/]+)$/, (query, id) => callView(id, day(query))],
  [/^\/funds\/([^/]+)\/reallocation$/, (query, id) => (isFund(id) ? preview(query) : undefined)],
  [/^\/postings\/([^/]+)\/why$/, (_, id) => why(id)],
  [/^\/decisions\/call-2027-1$/, () => comingCall],
];

/** As much of a decision to call as the form that issues the call reads. */
const comingCall = {
  id: "call-2027-1",
  title: "First call of 2027",
  outcome: { textVersion: 1 },
  texts: [
    {
      version: 1,
      terms: {
        kind: "call",
        fund: terms.id,
        year: 2027,
        instalment: 1,
        instalments: 2,
        lines: [
          { line: "air-defence", amount: "3000000000.00" },
          { line: "ammunition", amount: "3000000000.00" },
        ],
        dueOn: "2027-03-31",
      } satisfies Terms,
    },
  ],
};

function refusal(status: number, code: ErrorCode, found: string, place?: string): Reply {
  const { title, advice } = errorCatalogue[code];
  return { status, body: { type: "about:blank", title, status, detail: advice, code, found, place } };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const cents = (value: unknown): bigint => parseDecimal(text(value), 2);

function spend(fields: Fields, kind: "place" | "pay" | "pay-placed"): Reply {
  const amount = cents(fields["amount"]);
  const allowed = authorities().find((one) => one.id === fields["authority"]);
  const pot: Pot = { line: text(fields["line"]), earmark: text(fields["earmark"]) || null };
  if (fields["authority"] === undefined) return refusal(422, "authority_missing", "none named", "authority");
  if (allowed === undefined) return refusal(404, "unknown_authority", text(fields["authority"]), "authority");
  if (allowed.kind !== "spend" || allowed.line !== pot.line)
    return refusal(422, "authority_of_another_purpose", `authority ${allowed.id}, which allows to ${allowed.kind}`);
  if (!allowed.live) return refusal(422, "authority_not_live", `authority ${allowed.id}: ${allowed.why}`);
  const left = cents(allowed.left);
  if (kind !== "pay-placed" && amount > left)
    return refusal(
      422,
      "authority_exhausted",
      `authority ${allowed.id} has EUR ${money(left)} left of EUR ${allowed.amount}, and EUR ${money(amount)} is asked`,
    );
  const free = potSums(pot.line, pot.earmark);
  if (amount > (kind === "pay-placed" ? free.placed : free.available))
    return refusal(422, "stage_below_zero", `EUR ${money(free.available)} on the line, and EUR ${money(amount)} asked`);
  state.spends.push({ ...pot, kind, amount, authority: allowed.id });
  act({
    kind: kind === "place" ? "place" : "pay",
    at: `${today}T12:00:00Z`,
    effectiveOn: today,
    title: text(fields["purpose"]),
    amount: money(amount),
    actor: text(fields["actor"]) || "user",
    authority: allowed.id,
    decision: allowed.decision,
  });
  return { status: 200, body: fundView() };
}

function preview(query: URLSearchParams): ReallocationPreview {
  const [from, to] = [query.get("line") ?? "", query.get("to_line") ?? ""];
  const earmark = query.get("earmark") || null;
  const amount = parseDecimal(query.get("amount") ?? "0", 2);
  const title = (id: string) => terms.lines.find((line) => line.id === id)?.title ?? id;
  const [source, target] = [potSums(from, null), potSums(to, null)];
  const fitting = authorities().filter((one) => one.kind === "reallocate" && one.line === from && one.toLine === to);
  const enough = fitting.some((one) => one.live && cents(one.left) >= amount);
  const marks = terms.earmarks.filter((mark) => mark.lines.includes(from));
  const banned = earmark !== null && !marks.some((mark) => mark.id === earmark && mark.lines.includes(to));
  const possible = amount > 0n && amount <= source.available && enough && !banned && from !== to;
  const says = banned
    ? "Not possible: that money may not leave the lines of its earmark."
    : from === to
      ? "Not possible: a line cannot give to itself."
      : amount > source.available
        ? `Not possible: ${title(from)} can spare EUR ${money(source.available)}, which is less than what is asked.`
        : !enough
          ? `Not possible yet: no decision in force allows to move EUR ${money(amount)}. Propose it first.`
          : `Possible under ${fitting.map((one) => one.id).join(" or ")}.`;
  return {
    currency: "EUR",
    from: {
      fund: terms.id,
      line: from,
      title: title(from),
      available: money(source.available),
      canSpare: money(source.available),
      after: money(source.available - amount),
    },
    to: {
      fund: terms.id,
      line: to,
      title: title(to),
      available: money(target.available),
      after: money(target.available + amount),
    },
    amount: money(amount),
    earmarks: marks.map((mark) => ({
      earmark: mark.id,
      title: mark.title,
      available: money(potSums(from, mark.id).available),
      may: mark.lines.includes(to),
      says: mark.lines.includes(to) ? "may go there" : "stays: an earmarked euro never leaves its earmark",
    })),
    needs: [
      `EUR ${money(source.placed)} is placed on ${title(from)} and stays where it is.`,
      `Of what is authorised on ${title(from)} and not yet used, EUR ${money(source.available - amount)} would be covered by money at hand.`,
    ],
    authorities: fitting,
    possible,
    says,
  };
}

function reallocate(fields: Fields): Reply {
  const query = new URLSearchParams({
    line: text(fields["line"]),
    to_line: text(fields["toLine"]),
    amount: text(fields["amount"]),
    earmark: text(fields["earmark"]),
  });
  const shown = preview(query);
  const allowed = authorities().find((one) => one.id === fields["authority"]);
  if (allowed?.kind !== "reallocate")
    return refusal(422, "authority_of_another_purpose", `authority ${text(fields["authority"])}`);
  if (!shown.possible) return refusal(422, "authority_exhausted", shown.says);
  const amount = cents(fields["amount"]);
  state.moves.push({ from: shown.from.line, to: shown.to.line, earmark: null, amount, authority: allowed.id });
  act({
    kind: "reallocate",
    at: `${today}T12:00:00Z`,
    effectiveOn: today,
    title: `${shown.from.title} to ${shown.to.title}: ${text(fields["reason"])}`,
    amount: money(amount),
    actor: text(fields["actor"]) || "user",
    authority: allowed.id,
    decision: allowed.decision,
    postings: 2,
  });
  return { status: 200, body: fundView() };
}

const claims = () =>
  calls.flatMap((call) =>
    members.map(([party]) => {
      const reference = referenceOf(call.id, party);
      const paid = state.receipts
        .filter((one) => one.reference === reference)
        .reduce((sum, { amount }) => sum + amount, 0n);
      return { reference, party, outstanding: shareOf(call, party) - paid };
    }),
  );

function settle(reference: string, amount: bigint, actor: string) {
  const claim = claims().find((one) => one.reference === reference);
  if (claim === undefined || claim.outstanding <= 0n) return undefined;
  const taken = amount < claim.outstanding ? amount : claim.outstanding;
  state.receipts.push({ reference, amount: taken });
  const made = act({
    kind: "receipt",
    at: `${today}T12:00:00Z`,
    effectiveOn: today,
    title: `Received with ${reference}`,
    amount: money(taken),
    actor: actor || "user",
    authority: null,
    decision: null,
  });
  return { claim, taken, made };
}

type Settled = NonNullable<ReturnType<typeof settle>>;
const matchedView = (entry: string, { claim, taken, made }: Settled): ReceiptsReport["matched"][number] => ({
  entry,
  reference: claim.reference,
  party: claim.party,
  name: nameOf(claim.party),
  amount: money(taken),
  act: made.id,
});

/** Reads lines of "reference;amount;counterparty;remittance": enough to play an import with. */
function importReceipts(body: Buffer, fileName: string, actor: string): Reply {
  const lines = body
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(";"));
  const id = `STMT-${fileName}`;
  if (lines.some((line) => line.length < 4)) return refusal(400, "reference_invalid", fileName, "file");
  const already = state.statements.some((one) => one.id === id);
  const matched: ReceiptsReport["matched"][number][] = [];
  if (!already) {
    for (const [index, [reference = "", amount = "", counterparty = "", remittance = ""]] of lines.entries()) {
      const entry = `NTRY-${900 + index}`;
      const done = settle(reference, cents(amount), actor);
      if (done !== undefined) matched.push(matchedView(entry, done));
      else
        state.entries.push({
          statement: id,
          account: "XX00 0000 0000 0000",
          entry,
          bookedOn: today,
          direction: "credit",
          amount: cents(amount),
          left: cents(amount),
          counterparty,
          remittance,
          why: "names no reference of a claim",
        });
    }
    state.statements.push({
      id,
      account: "XX00 0000 0000 0000",
      otherThan: null,
      from: today,
      to: today,
      opening: null,
      closing: null,
      fileName,
      recordedAt: `${today}T12:00:00Z`,
      actor: actor || "user",
      entries: lines.length,
      matched: money(matched.reduce((sum, one) => sum + cents(one.amount), 0n)),
      unmatched: "0.00",
    });
  }
  return { status: 200, body: report(id, lines.length, already, matched) };
}

function report(id: string, entries: number, already: boolean, matched: ReceiptsReport["matched"]): ReceiptsReport {
  return {
    fund: terms.id,
    statements: [{ id, account: "XX00 0000 0000 0000", otherThan: null, entries, already }],
    matched,
    unmatched: state.entries.filter((entry) => entry.statement === id && entry.left > 0n).map(entryView),
  };
}

function match(fields: Fields): Reply {
  const place = state.entries.findIndex(
    (one) => one.statement === fields["statement"] && one.entry === fields["entry"],
  );
  const entry = state.entries[place];
  const reference = text(fields["reference"]).replaceAll(/\s/g, "").toUpperCase();
  if (entry === undefined) return refusal(404, "unknown_address", text(fields["entry"]), "entry");
  const done = settle(reference, entry.left, text(fields["actor"]));
  if (done === undefined)
    return refusal(422, "unknown_payment_reference", `no open claim of reference ${reference}`, "reference");
  state.entries[place] = { ...entry, left: entry.left - done.taken };
  return { status: 200, body: report(entry.statement, 1, true, [matchedView(entry.entry, done)]) };
}

export const fundWrites: readonly (readonly [RegExp, (body: Buffer, query: URLSearchParams, id: string) => Reply])[] = [
  [
    /^\/funds\/[^/]+\/receipts$/,
    (body, query) => importReceipts(body, query.get("file_name") ?? "file", query.get("actor") ?? ""),
  ],
  [/^\/funds\/[^/]+\/receipts\/match$/, (body) => match(json(body))],
  [/^\/funds\/[^/]+\/places$/, (body) => spend(json(body), "place")],
  [/^\/funds\/[^/]+\/payments$/, (body) => spend(json(body), json(body)["placed"] === true ? "pay-placed" : "pay")],
  [/^\/funds\/[^/]+\/reallocations$/, (body) => reallocate(json(body))],
  [
    /^\/funds\/[^/]+\/calls$/,
    (body) => ({ status: 200, body: callView(text(json(body)["id"])) ?? callView("2026-2") }),
  ],
  [/^\/funds\/[^/]+\/(?:pledges|credits)$/, () => ({ status: 200, body: fundView() })],
  [
    /^\/funds\/[^/]+\/acts\/([^/]+)\/reversal$/,
    (body, _, id) => {
      const place = state.acts.findIndex((one) => one.id === id);
      const taken = state.acts[place];
      const made = act({
        kind: "reversal",
        at: `${today}T12:30:00Z`,
        effectiveOn: today,
        title: `Taken back: ${taken?.title ?? id}: ${text(json(body)["reason"])}`,
        amount: taken?.amount ?? "0.00",
        actor: text(json(body)["actor"]) || "user",
        authority: taken?.authority ?? null,
        decision: taken?.decision ?? null,
      });
      if (taken !== undefined) state.acts[place] = { ...taken, takenBackBy: made.id };
      return { status: 200, body: fundView() };
    },
  ],
];

const json = (body: Buffer): Fields => JSON.parse(body.toString("utf8")) as Fields;

function why(posting: string): WhyView | undefined {
  const made = state.acts.find((one) => one.postings.includes(posting));
  if (made === undefined) return undefined;
  const authority = authorities().find((one) => one.id === made.authority) ?? null;
  const spent = made.kind === "place" || made.kind === "pay" || made.kind === "reallocate";
  return {
    posting: {
      id: posting,
      promise: spent ? "pot-air-defence" : "p12",
      donor: spent ? "Long Haul Fund" : "Arvenia",
      from: made.kind === "pay" ? "placed" : made.kind === "receipt" ? "called" : "available",
      to:
        made.kind === "pay"
          ? "paid"
          : made.kind === "receipt"
            ? "received"
            : made.kind === "place"
              ? "placed"
              : "moved",
      amount: made.amount,
      unit: "EUR",
      effectiveOn: made.effectiveOn,
      knownAt: made.at,
      actor: made.actor,
      reason: null,
      source: "Long Haul Fund, entered on this machine",
    },
    act: made,
    authority,
    decision:
      authority === null
        ? null
        : {
            id: authority.decision,
            title: "A long haul fund for 2026 to 2028",
            number: "LHF/2026/1",
            result: "adopted",
            at: "2026-01-15T10:00:00Z",
            by: "silence",
            says: "Adopted as the silence was unbroken at its end: of 12 that take part nobody objected; one abstained constructively.",
            procedure: "consensus-silence",
            procedureTitle: "Consensus under silence",
            passages: ["A text put under silence is adopted unless a delegation objects in writing before the expiry."],
            textVersion: 2,
          },
    says:
      authority === null
        ? ["Money that comes in needs no authority: it was received against what was called or pledged."]
        : [
            `EUR ${made.amount} was moved by “${made.title}”.`,
            `It drew on the authority ${authority.id}: EUR ${authority.amount} to ${authority.kind}${authority.lineTitle === null ? "" : ` on ${authority.lineTitle}`}.`,
            "The decision LHF/2026/1 granted that authority.",
            "It was adopted by consensus under silence.",
          ],
  };
}
