import { termsWords } from "#core/decisions/terms-words.ts";
import { asSentence, instantWords } from "#core/decisions/words.ts";
import type { ConditionView, ParticipantView, ProposalView, TextView } from "#core/views-decisions.ts";
import { plural } from "./counted.ts";
import { groupDigits, tableText } from "./output.ts";

/** What a command has put on record, and where the proposal stands now. */
export function recordedText(found: ProposalView): string {
  const last = found.events.findLast((event) => event.seq !== null);
  return `${last === undefined ? "" : `${asSentence(last.says)}\n`}${standText(found)}\n`;
}

function standText(found: ProposalView): string {
  const { outcome } = found;
  const head = `${found.title} (${found.id}): ${found.stepTitle}`;
  if (outcome === null)
    return found.expiresAt === null ? `${head}.` : `${head} until ${instantWords(found.expiresAt)}.`;
  const effect = outcome.effect === "" ? "" : `\nNot put into effect: ${outcome.effect}`;
  return `${head}. ${outcome.says}.${effect}${settleText(found)}`;
}

/** What stays placed under a decision that was annulled, each with what carries it. */
function settleText({ id, placements }: ProposalView): string {
  const left = placements?.toSettle ?? [];
  if (left.length === 0) return "";
  const named = left.map((one) =>
    one.consignments.length === 0
      ? one.id
      : `${one.id} (${one.offer} for ${one.need}, in ${one.consignments.join(", ")})`,
  );
  return `\nStill placed, to be settled by a person: ${named.join("; ")}. Once it has come back: npx mainstay plan take-back ${id}`;
}

function placementsText({ placed, takenBack }: NonNullable<ProposalView["placements"]>): string {
  const back = takenBack === 0 ? "" : `, ${groupDigits(String(takenBack))} of them taken back`;
  return lines(["What was placed under it", `  ${plural(placed, "assignment")}${back}.`]);
}

/** A proposal for reading: text, what happened, positions, what is missing, who can block, what it allows and what was used. */
export function proposalPage(found: ProposalView): string {
  const parts = [
    headText(found),
    ...found.texts.slice(-1).map(textText),
    timelineText(found),
    positionsText(found),
    ...(found.missing.decided ? [] : [missingText(found), blockingText(found), nextText(found)]),
    ...(found.outcome === null ? [] : [outcomeText(found)]),
    ...(found.authorities.length === 0 ? [] : [authoritiesText(found)]),
    ...(found.uses.length === 0 ? [] : [usesText(found)]),
    ...(found.placements === null ? [] : [placementsText(found.placements)]),
    ...(found.abstention === null ? [] : [abstentionText(found.abstention)]),
  ];
  return parts.join("\n");
}

function headText(found: ProposalView): string {
  return lines([
    standText(found),
    `About: ${found.object}${found.fund === null ? "" : `, fund ${found.fund}`}. Book: ${found.book}. Group: ${found.groupName ?? "none"}.`,
    `Procedure: ${found.procedureTitle} (${found.procedure}). Takes part: ${found.takesPart}`,
    ...(found.number === null ? [] : [`Issued as ${found.number}.`]),
    ...(found.synthetic ? ["The book is made up, to try the program out."] : []),
  ]);
}

function textText({ version, title, reference, body, terms, issuedAt, actor }: TextView): string {
  const number = reference === null ? "" : ` (${reference})`;
  return lines([
    `Text ${version}, issued on ${instantWords(issuedAt)} by ${actor}: ${title}${number}`,
    ...body.split("\n").map((line) => `  ${line}`.trimEnd()),
    ...(terms === null ? [] : ["  Once adopted:", ...termsWords(terms).map((words) => `    ${asSentence(words)}`)]),
  ]);
}

function timelineText({ events }: ProposalView): string {
  return lines([
    "What happened",
    ...events.map(({ at, says, actor }) => `  ${instantWords(at)}, ${actor}: ${asSentence(says)}`),
  ]);
}

function positionsText({ participants }: ProposalView): string {
  const withClocks = participants.some((one) => one.localExpiry !== null);
  const measures = [...new Set(participants.flatMap((one) => Object.keys(one.weights)))];
  return `Positions\n${tableText<ParticipantView>(
    [
      { title: "party", cell: (one) => one.name },
      { title: "stands", cell: (one) => (one.takesPart ? one.standing : "does not take part") },
      { title: "since", cell: (one) => (one.since === null ? "" : instantWords(one.since)) },
      ...measures.map((measure) => ({
        title: measure,
        cell: (one: ParticipantView) => groupDigits(one.weights[measure] ?? null),
        right: true,
      })),
      ...(withClocks ? [{ title: "expires by its clocks", cell: localText }] : []),
      { title: "says", cell: saysText },
    ],
    participants,
  )}`;
}

function localText({ localExpiry }: ParticipantView): string | null {
  return localExpiry === null ? null : `${localExpiry.day} ${localExpiry.time} ${localExpiry.place}`;
}

function saysText({ reason, restricted, declaration, objection, reservation, roles }: ParticipantView): string {
  const extra = roles.filter((role) => role !== "member");
  return [
    ...(extra.length === 0 ? [] : [extra.join(", ")]),
    ...(objection === null ? [] : [objection.text]),
    ...(declaration === null ? [] : [declaration]),
    ...(reason === null ? [] : [`reason: ${reason}`]),
    ...(restricted && reason === null ? ["reason restricted"] : []),
    ...(reservation === null
      ? []
      : [`reservation of its parliament${reservation.note === "" ? "" : `: ${reservation.note}`}`]),
  ].join("; ");
}

/** What has to be met, in whole numbers. A bound is shown as the nearest whole quantity that meets it. */
function conditionText({ says, measure, have, need, is, gap }: ConditionView): string {
  const rising = is === "at-least" || is === "more-than";
  const held = measure === "members" && have === "1" ? "1 member" : `${groupDigits(have)} ${measure}`;
  const missing = rising ? `${groupDigits(gap)} more needed` : `${groupDigits(gap)} too many`;
  return `${says}: ${held}, at ${rising ? "least" : "most"} ${groupDigits(need)}; ${missing}`;
}

function missingText({ missing, participants }: ProposalView): string {
  const names = new Map(participants.map((one) => [one.id, one.name]));
  return lines([
    "What is missing for adoption",
    ...(missing.ruleMet ? ["  The rule is met."] : waysText(missing.ways)),
    ...(missing.until === null ? [] : [`  Unbroken, the silence adopts it on ${instantWords(missing.until)}.`]),
    ...missing.steps.map((step, index) => `  Step ${index + 1}: ${step}.`),
    ...missing.openReservations.map(
      (party) => `  The reservation of ${names.get(party) ?? party}'s parliament stands; it holds nothing up.`,
    ),
  ]);
}

function waysText(ways: ProposalView["missing"]["ways"]): readonly string[] {
  if (ways.length === 1) return (ways[0] ?? []).map((one) => `  ${conditionText(one)}.`);
  return ways.flatMap((way, index) => [`  Way ${index + 1}:`, ...way.map((one) => `    ${conditionText(one)}.`)]);
}

function blockingText({ blocking, participants }: ProposalView): string {
  const names = new Map(participants.map((one) => [one.id, one.name]));
  const listed = (ids: readonly string[]): string => ids.map((id) => names.get(id) ?? id).join(", ");
  const everybody = blocking.alone.length === participants.filter((one) => one.takesPart).length;
  const alone = everybody ? "each of them" : listed(blocking.alone);
  return lines([
    "Who can still block",
    ...(blocking.blocked ? ["  It is blocked as things stand."] : []),
    ...(blocking.holding.length === 0 ? [] : [`  By itself: ${listed(blocking.holding)}.`]),
    ...(blocking.alone.length === 0 ? ["  Nobody could alone."] : [`  Alone: ${alone}.`]),
    ...(blocking.fewest === null
      ? ["  Not even all of them together could."]
      : blocking.fewest > 1
        ? [`  Together, at the fewest ${blocking.fewest}, such as ${listed(blocking.example)}.`]
        : []),
  ]);
}

function nextText({ next }: ProposalView): string {
  return lines([
    "What can come next",
    ...next
      .filter((one) => one.allowed)
      .map((one) => `  ${one.on}: ${one.says}${one.at === null ? "" : ` on ${instantWords(one.at)}`}.`),
  ]);
}

function outcomeText({ outcome, rule }: ProposalView): string {
  if (outcome === null) return "";
  const { ending } = outcome;
  return lines([
    "What was decided",
    `  ${outcome.says}.`,
    ...rule.passages.map((passage) => `  By ${passage}.`),
    ...outcome.constructiveAbstainers.map(
      (one) =>
        `  ${one.partyName} abstained constructively: ${one.declaration} Free from ${one.exemptFrom.join(" and ")}.`,
    ),
    ...outcome.statements.map((one) => `  ${one.partyName}, ${one.kind.replace("-", " ")}: ${one.text}`),
    ...outcome.reservations.map((one) => `  ${one.partyName}, reservation of its parliament: ${one.note}`),
    ...(outcome.effect === "" ? [] : [`  Not put into effect: ${outcome.effect}`]),
    ...(ending === null
      ? []
      : [`  ${ending.kind === "annulled" ? "Annulled" : "Expired"} on ${instantWords(ending.at)}: ${ending.reason}`]),
  ]);
}

function authoritiesText({ authorities }: ProposalView): string {
  return `What it allows\n${tableText(
    [
      { title: "authority", cell: (one) => one.id },
      { title: "to", cell: (one) => one.kind },
      { title: "line", cell: (one) => `${one.line ?? "any"}${one.toLine === null ? "" : ` to ${one.toLine}`}` },
      { title: "currency", cell: (one) => one.currency },
      { title: "amount", cell: (one) => groupDigits(one.amount), right: true },
      { title: "used", cell: (one) => groupDigits(one.used), right: true },
      { title: "left", cell: (one) => groupDigits(one.left), right: true },
      { title: "live", cell: (one) => (one.live ? "yes" : "no") },
      { title: "why", cell: (one) => one.why },
    ],
    authorities,
  )}`;
}

function usesText({ uses }: ProposalView): string {
  return `What was done under it\n${tableText(
    [
      { title: "at", cell: (one) => instantWords(one.at) },
      { title: "act", cell: (one) => one.kind },
      { title: "title", cell: (one) => one.title },
      { title: "authority", cell: (one) => one.authority },
      { title: "currency", cell: (one) => one.currency },
      { title: "amount", cell: (one) => groupDigits(one.amount), right: true },
      { title: "postings", cell: (one) => one.postings.join(", ") },
    ],
    uses,
  )}`;
}

function abstentionText(abstention: NonNullable<ProposalView["abstention"]>): string {
  return `What a constructive abstention would do\n${tableText(
    [
      { title: "party", cell: (one) => one.partyName },
      { title: "share", cell: (one) => groupDigits(one.share), right: true },
      { title: "effect", cell: (one) => one.effect },
    ],
    abstention,
  )}`;
}

function lines(texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}
