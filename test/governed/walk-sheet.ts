// A fund's life as a bookkeeper would keep it on a sheet of squared paper: named cells of whole cents, and the rules of the issue in plain words.
// Written without a look at the program.

export type Cell = string;
/** So much added to a cell, or taken from it. */
export type Move = readonly [cell: Cell, cents: bigint];
/** Why something may not be done, by the code of the refusal. Several may hold at once; the program names one of them. */
export type Fault = string;

export type Allowed = {
  id: string;
  decision: string;
  kind: "call" | "spend" | "reallocate";
  fund: string;
  line: string | null; // any where null
  to: string | null; // fund and line, of a reallocation
  amount: bigint;
  until: string;
  ended: boolean;
};
/** One member's part of a call, or one instalment of a pledge: what is paid under a reference. */
export type Claim = {
  reference: string;
  fund: string;
  party: string;
  asked: bigint;
  due: string;
  call: string | null;
  parts: readonly Readonly<{ owed: Cell; pot: string }>[]; // by line, with the pot that the money comes to
};
export type Call = {
  id: string;
  fund: string;
  year: number;
  instalment: number;
  due: string;
  amount: bigint;
  uncovered: bigint;
  standing: boolean;
};
export type Entry = { id: string; statement: string; fund: string; amount: bigint; direction: "credit" | "debit" };
export type Act = {
  id: string;
  fund: string;
  kind: string;
  amount: bigint;
  authority: string | null;
  moves: readonly Move[];
  day: string;
  standing: boolean;
  call: string | null;
};

export type Sheet = {
  day: string;
  cells: Map<Cell, bigint>;
  allowed: Allowed[];
  claims: Claim[];
  calls: Call[];
  pledges: Set<string>;
  entries: Entry[];
  statements: Map<string, string>; // what each says, by its number
  acts: Act[];
};

export const emptySheet = (day: string): Sheet => ({
  day,
  cells: new Map(),
  allowed: [],
  claims: [],
  calls: [],
  pledges: new Set(),
  entries: [],
  statements: new Map(),
  acts: [],
});

export const at = (sheet: Sheet, cell: Cell): bigint => sheet.cells.get(cell) ?? 0n;
export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);
export const potOf = (fund: string, line: string, earmark: string | null): string =>
  `${fund} ${line} ${earmark ?? "free"}`;
export const owedUnder = (sheet: Sheet, claim: Claim): bigint => sum(claim.parts.map(({ owed }) => at(sheet, owed)));

/** An amount in parts by weight, to the cent: who has the largest remainder gets the next cent, the earlier one where they are equal. */
export function parted(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights);
  const parts = weights.map((weight) => (amount * weight) / whole);
  const order = weights.map((weight, index) => ({ index, rest: (amount * weight) % whole }));
  order.sort((one, other) => (one.rest === other.rest ? one.index - other.index : other.rest > one.rest ? 1 : -1));
  for (const { index } of order.slice(0, Number(amount - sum(parts)))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** Once its opening has ended, a fund takes in nothing new: neither a call nor a pledge. */
export const closed = (sheet: Sheet, fund: string): Fault[] =>
  sheet.allowed.some((one) => one.decision === fund && one.ended) ? ["fund_opening_ended"] : [];

/** No use of an authority for anything but its kind, its fund and its line. */
export function forAnother(
  sheet: Sheet,
  id: string,
  kind: Allowed["kind"],
  { fund, line, to = null }: Readonly<{ fund: string; line: string; to?: string | null }>,
): Fault[] {
  const found = sheet.allowed.find((one) => one.id === id);
  if (found === undefined) return ["unknown_authority"];
  const fits =
    found.kind === kind && found.fund === fund && (found.line === null || found.line === line) && found.to === to;
  return fits ? [] : ["authority_of_another_purpose"];
}

/** What stands in the way of moves that take effect on a day: nothing below zero, nothing drawn on what is not in force, nothing beyond what is allowed. */
export function faultsOf(sheet: Sheet, moves: readonly Move[], day: string): Fault[] {
  const faults = new Set<Fault>();
  const changes = changesOf(moves);
  for (const [cell, change] of changes)
    if (!cell.startsWith("authority ") && at(sheet, cell) + change < 0n) faults.add("stage_below_zero");
  for (const one of sheet.allowed) {
    const [used, paid] = [`authority ${one.id} used`, `authority ${one.id} paid`];
    const [draws, pays] = [changes.get(used) ?? 0n, changes.get(paid) ?? 0n];
    if (draws === 0n && pays === 0n) continue;
    const after = at(sheet, used) + draws;
    if (after > one.amount || at(sheet, paid) + pays > after) faults.add("authority_exhausted");
    if (draws + pays > 0n && (one.ended || day > one.until)) faults.add("authority_not_live");
  }
  return [...faults];
}

function changesOf(moves: readonly Move[]): Map<Cell, bigint> {
  const changes = new Map<Cell, bigint>();
  for (const [cell, cents] of moves) changes.set(cell, (changes.get(cell) ?? 0n) + cents);
  return changes;
}

export function write(sheet: Sheet, act: Omit<Act, "day" | "standing" | "call"> & Partial<Act>): void {
  for (const [cell, change] of changesOf(act.moves)) sheet.cells.set(cell, at(sheet, cell) + change);
  sheet.acts.push({ day: sheet.day, standing: true, call: null, ...act });
}

export const undone = (moves: readonly Move[]): Move[] => moves.map(([cell, cents]) => [cell, -cents]);

const draws = (authority: string, cents: bigint): Move => [`authority ${authority} used`, cents];
const pays = (authority: string, cents: bigint): Move => [`authority ${authority} paid`, cents];

/** The ways a line's money goes, by what each does to its pot and to the authority. */
export const spendMoves: Readonly<Record<string, (pot: string, authority: string, cents: bigint) => Move[]>> = {
  place: (pot, authority, cents) => [[`${pot} free`, -cents], [`${pot} placed`, cents], draws(authority, cents)],
  pay: (pot, authority, cents) => [
    [`${pot} free`, -cents],
    [`${pot} gone`, cents],
    draws(authority, cents),
    pays(authority, cents),
  ],
  "pay-placed": (pot, authority, cents) => [[`${pot} placed`, -cents], [`${pot} gone`, cents], pays(authority, cents)],
  release: (pot, authority, cents) => [[`${pot} placed`, -cents], [`${pot} free`, cents], draws(authority, -cents)],
  acknowledge: (pot, _, cents) => [
    [`${pot} gone`, -cents],
    [`${pot} confirmed`, cents],
  ],
};

export const reallocationMoves = (from: string, to: string, authority: string, cents: bigint): Move[] => [
  [`${from} free`, -cents],
  [`${from} out`, cents],
  [`${to} free`, cents],
  [`${to} in`, cents],
  draws(authority, cents),
];

/** Money comes under a claim from a bank's entry: what is owed of each line falls, and each line's pot grows by as much. */
export function receiptMoves(sheet: Sheet, claim: Claim, entry: string, cents: bigint): Move[] {
  const owed = claim.parts.map((part) => at(sheet, part.owed));
  const parts = parted(cents, owed);
  return [
    [`entry ${entry} left`, -cents],
    [`claim ${claim.reference} came`, cents],
    ...claim.parts.flatMap(({ owed: cell, pot }, index): Move[] => [
      [cell, -(parts[index] ?? 0n)],
      [`${pot} free`, parts[index] ?? 0n],
      [`${pot} received`, parts[index] ?? 0n],
    ]),
  ];
}

/** Half of the value, up to a quarter of the share over all credits, and no more than is owed: the rule of the funds that walk. */
export function creditOf(sheet: Sheet, claim: Claim, value: bigint): bigint {
  const room = claim.asked / 4n - at(sheet, `claim ${claim.reference} credited`);
  return [value / 2n, room, owedUnder(sheet, claim)].reduce((least, one) => (one < least ? one : least));
}

export function creditMoves(sheet: Sheet, claim: Claim, cents: bigint): Move[] {
  const parts = parted(
    cents,
    claim.parts.map((part) => at(sheet, part.owed)),
  );
  return [
    [`claim ${claim.reference} credited`, cents],
    ...claim.parts.map(({ owed }, index): Move => [owed, -(parts[index] ?? 0n)]),
  ];
}

export const callMoves = (parts: readonly Readonly<{ owed: Cell; cents: bigint; authority: string }>[]): Move[] =>
  parts.flatMap(({ owed, cents, authority }) => [[owed, cents], draws(authority, cents)] as Move[]);
