import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chainOf } from "#app/delivery/policy.ts";
import { streams } from "#core/bindingness.ts";
import { deliveredBy } from "#core/delivery/delivered.ts";
import { foldMoves, takeInOrder, type Standing } from "#core/delivery/fold.ts";
import { atStages, ledgerSteps, shareOf, stagesOf } from "#core/delivery/ledger.ts";
import { leavingOf } from "#core/delivery/parts.ts";
import { readDeliveryPolicy } from "#formats/delivery/policy.ts";

const chains = streams.map(chainOf);
const materiel = chainOf("materiel");

/** Pieces in states of a course, at most as many as a placement has, and what the placement cost. */
const carried = fc
  .tuple(
    fc.constantFrom(...chains),
    fc.array(fc.nat(7), { minLength: 12, maxLength: 12 }),
    fc.nat(9),
    fc.bigInt(1n, 10n ** 12n),
  )
  .map(([chain, counts, more, extra]) => {
    const standing: Standing = new Map(
      chain.states.flatMap(({ id }, index) => {
        const count = BigInt(counts[index] ?? 0);
        return count === 0n ? [] : [[id, count] as const];
      }),
    );
    const inside = [...standing].filter(([id]) => id !== "returned").reduce((sum, [, count]) => sum + count, 0n);
    const pieces = inside + BigInt(more) + 1n;
    return { chain, standing, placed: { pieces, quantity: pieces + extra } };
  });

describe("what stands in the ledger of a placement", () => {
  test("adds up to the whole at its stages, none below zero, wherever its pieces are", () => {
    fc.assert(
      fc.property(carried, ({ chain, standing, placed }) => {
        const stages = [...atStages(chain, "finance", placed, standing).values()];
        expect(stages.reduce((sum, one) => sum + one, 0n)).toBe(placed.quantity);
        expect(stages.every((one) => one >= 0n)).toBe(true);
      }),
    );
  });

  test("follows every event: the steps lead from what stood before to what stands after", () => {
    fc.assert(
      fc.property(carried, fc.nat(), fc.nat(30), ({ chain, standing, placed }, which, count) => {
        const event = chain.events[which % chain.events.length];
        if (event === undefined) return;
        const after = foldMoves(takeInOrder(standing, event.from, event.to, BigInt(count)), standing);
        const stands = new Map(atStages(chain, "finance", placed, standing));
        for (const { from, to, quantity } of ledgerSteps(chain, "finance", placed, standing, after)) {
          expect(quantity > 0n).toBe(true);
          stands.set(from, (stands.get(from) ?? 0n) - quantity);
          stands.set(to, (stands.get(to) ?? 0n) + quantity);
        }
        expect(stands).toEqual(atStages(chain, "finance", placed, after));
      }),
    );
  });

  test("shares that were paid one by one are the whole when all are paid", () => {
    const placed = { pieces: 7n, quantity: 100n };
    const steps = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((pieces) => shareOf(placed, pieces) - shareOf(placed, pieces - 1n));
    expect(steps).toEqual([14n, 15n, 14n, 14n, 14n, 15n, 14n]);
  });
});

test("moving pieces loses none, and what splits off is what stands there", () => {
  fc.assert(
    fc.property(carried, fc.nat(40), ({ chain, standing }, count) => {
      const sum = (of: Standing) => [...of.values()].reduce((all, one) => all + one, 0n);
      for (const { from, to } of chain.events)
        expect(sum(foldMoves(takeInOrder(standing, from, to, BigInt(count)), standing))).toBe(sum(standing));
      const leaving = leavingOf(chain, 1, standing, null);
      expect(leaving.every(({ state, pieces }) => pieces <= (standing.get(state) ?? 0n))).toBe(true);
    }),
  );
  expect(() => foldMoves([{ from: "planned", to: "dispatched", pieces: 1n }])).toThrow(RangeError);
});

test("the stages of each course are stages of the ledger, in its order", () => {
  const { streams: known } = JSON.parse(
    readFileSync(new URL("../../policies/streams.json", import.meta.url), "utf8"),
  ) as {
    streams: { id: string; stages: { id: string }[] }[];
  };
  for (const chain of chains)
    for (const stream of new Set([chain.stream, "finance" as const])) {
      const order = known.find((one) => one.id === stream)?.stages.map((stage) => `${stream}.${stage.id}`) ?? [];
      const places = stagesOf(chain, stream)
        .slice(1)
        .map((stage) => order.indexOf(stage ?? ""));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    }
});

describe("a policy that does not hold together is refused", () => {
  const text = readFileSync(new URL("../../policies/deliveries.json", import.meta.url), "utf8");
  test.each([
    ["text that is not JSON", "{"],
    ["a field it does not know", text.replace('"validFrom"', '"validSince"')],
    ["a stream without a course", text.replace('"stream": "staff"', '"stream": "finance"')],
    ["an event to nowhere", text.replace('"to": "at-hub"', '"to": "nowhere"')],
    ["a state twice", text.replace('"id": "contracted"', '"id": "planned"')],
    [
      "one name for two things",
      text
        .replace('"reached": "handed-over"', '"reached": "confirmed"')
        .replace(/("id": "completed"[^}]*)"handed-over"/, '$1"confirmed"')
        .replaceAll('"id": "completed"', '"id": "dispatched"')
        .replaceAll('"completed"', '"dispatched"'),
    ],
    ["a course without a signature", text.replace('"id": "confirm"', '"id": "sign"')],
    ["a state without a stage", text.replace('"finance": "disbursed"', '"staff": "deployed"')],
  ])("%s", (_, given) => {
    expect(() => readDeliveryPolicy(given)).toThrow(expect.objectContaining({ code: "reference_invalid" }));
  });
});

test.each([
  [null, "2026-05-01", "confirmed", null],
  [null, "2026-06-01", "handed-over", null],
  ["fund", "2026-05-01", "dispatched", "fund"],
  ["fund", "2026-03-31", "confirmed", null],
  ["other", "2026-06-01", "handed-over", null],
] as const)("for %s on %s what is %s counts", (fund, on, counts, whose) => {
  const policies = [
    { fund: null, from: "2026-06-01", counts: "handed-over", source: null },
    { fund: "fund", from: "2026-04-01", counts: "dispatched", source: null },
  ] as const;
  expect(deliveredBy(policies, fund, on)).toMatchObject({ counts, fund: whose });
});

test("what a chain calls handed over comes right before the signature", () => {
  for (const { events, handedOver, confirmed } of chains)
    expect(events.find((event) => event.id === "confirm")).toMatchObject({
      from: expect.arrayContaining([handedOver]),
      to: confirmed,
    });
  expect(materiel.events.length).toBeGreaterThan(9);
});
