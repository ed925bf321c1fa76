import { describe, expect, test } from "vitest";
import { diagramOf } from "#core/decisions/diagram.ts";
import { diagramSvg } from "#core/decisions/diagram-svg.ts";
import { clock } from "#core/decisions/procedure.ts";
import { read } from "../architecture/sources.ts";
import { readProcedure } from "../../src/formats/procedures/read.ts";
import { files, shipped, textOf } from "./support.ts";

test("every procedure goes by its file's name, has its sources and stands on the page of procedures", () => {
  const page = read("docs/procedures.md");
  expect(shipped.map((one) => `${one.id}.json`)).toEqual(files);
  for (const one of shipped) {
    expect(one.sources.length).toBeGreaterThan(0);
    expect(page).toContain(`| \`${one.id}\` | ${one.title} |`);
  }
  expect(page.match(/^\| `[a-z-]+` \| .* \| .* \| .* \|$/gm)).toHaveLength(shipped.length);
});

type Written = Record<string, unknown> & { transitions: Record<string, unknown>[]; steps: Record<string, unknown>[] };
const written = (id: string): Written => JSON.parse(textOf(`${id}.json`)) as Written;

describe("a procedure that does not hold together is refused: procedure_invalid", () => {
  const silence = written("consensus-silence");
  const majority = written("eu-qualified-majority");
  const [first, ...others] = silence.transitions;
  const condition = { condition: "one", says: "One", count: ["for"], is: "at-least", bound: { count: 1 } };
  const rule = (change: object): Written => ({ ...silence, rule: { ...condition, ...change } });

  test.each([
    ["text that is not JSON", null, "file x.json"],
    ["a field too many", { ...silence, colour: "red" }, "colour"],
    ["no source", { ...silence, sources: [] }, "field sources"],
    ["no such day", { ...silence, validFrom: "2024-02-30" }, "field validFrom"],
    ["ends before it begins", { ...silence, validTo: "2000-01-01" }, "field validTo"],
    [
      "an event nobody knows",
      { ...silence, transitions: [{ ...first, on: "shouted" }, ...others] },
      "field transitions[0].on",
    ],
    ["a step nobody knows", { ...silence, transitions: [{ ...first, to: "limbo" }, ...others] }, "limbo"],
    ["a start nobody knows", { ...silence, start: "limbo" }, "field start"],
    ["a step twice", { ...silence, steps: [...silence.steps, silence.steps[0]] }, "field steps"],
    [
      "no way to be adopted",
      {
        ...silence,
        steps: silence.steps.map((step) => (step["kind"] === "adopted" ? { ...step, kind: "expired" } : step)),
      },
      "no step that is adopted",
    ],
    [
      "a step that nothing leads to",
      { ...silence, steps: [...silence.steps, { id: "limbo", title: "Limbo", kind: "meeting" }] },
      "to which nothing leads",
    ],
    [
      "records in a step nobody knows",
      { ...silence, records: [{ on: ["position-stated"], in: ["limbo"] }] },
      "field records",
    ],
    [
      "a silence that never expires",
      { ...silence, transitions: silence.transitions.filter((way) => way["on"] !== clock) },
      "never expires",
    ],
    [
      "a silence without an expiry",
      {
        ...silence,
        transitions: [
          ...silence.transitions,
          { on: "taken-to-meeting", from: ["prepared"], to: "silence", says: "Odd" },
        ],
      },
      "leading to silence",
    ],
    [
      "an objection where there is no silence",
      {
        ...silence,
        transitions: [...silence.transitions, { on: "objection", from: ["meeting"], to: "broken", says: "Odd" }],
      },
      "not under silence",
    ],
    [
      "opened a second time",
      {
        ...silence,
        transitions: [...silence.transitions, { on: "opened", from: ["meeting"], to: "broken", says: "Odd" }],
      },
      "opening after the start",
    ],
    ["a share above the whole", rule({ bound: { share: "3/2", of: "participants" } }), "no more than the whole"],
    ["a share that is no fraction", rule({ bound: { share: "0.55", of: "participants" } }), "as a fraction"],
    ["a share of nothing", rule({ bound: { share: "0/1", of: "participants" } }), "a share of nothing"],
    ["a count below zero", rule({ bound: { count: -1 } }), "field rule.bound"],
    ["a position that cannot be said", rule({ count: ["constructive-abstain"] }), "cannot be said"],
    [
      "two weights",
      {
        ...silence,
        rule: {
          all: [
            { ...condition, measure: "population" },
            { ...condition, measure: "contribution" },
          ],
        },
      },
      "population and contribution",
    ],
    ["exemptions nobody can claim", { ...majority, exemptions: ["paying"] }, "field exemptions"],
    ["constructive abstention from nothing", { ...written("eu-unanimity"), exemptions: [] }, "field exemptions"],
  ])("%s", (_says, content, message) => {
    const text = content === null ? "{" : JSON.stringify(content);
    expect(() => readProcedure(text, "x.json")).toThrow(
      expect.objectContaining({ code: "procedure_invalid", message: expect.stringContaining(message) }),
    );
  });
});

describe.each(shipped.map((one) => [one.id, one] as const))("the picture of %s", (_id, procedure) => {
  const diagram = diagramOf(procedure);
  const svg = diagramSvg(diagram);

  test("has every step once and every way from every step", () => {
    expect(diagram.nodes.map((node) => node.id).toSorted()).toEqual(procedure.steps.map((step) => step.id).toSorted());
    const ways = procedure.transitions.flatMap((way) => way.from.map((from) => `${way.on}: ${from} to ${way.to}`));
    expect(diagram.edges.map((edge) => `${edge.on}: ${edge.from} to ${edge.to}`)).toEqual(ways);
    expect(new Set(diagram.nodes.map((node) => `${node.column}/${node.row}`)).size).toBe(diagram.nodes.length);
  });

  test("is an image with a title and, in words, every step and way", () => {
    expect(svg).toContain(`<title id="${procedure.id}-title">${procedure.title}</title>`);
    expect(svg).toContain(`role="img" aria-labelledby="${procedure.id}-title ${procedure.id}-text"`);
    const said = /<desc [^>]*>(.*)<\/desc>/.exec(svg)?.[1] ?? "";
    for (const line of diagram.legend) expect(said).toContain(`${line.number}. ${line.text}.`);
    expect(svg.match(/class="way"/g)).toHaveLength(diagram.edges.length);
    expect(svg.match(/class="badge"/g)).toHaveLength(diagram.edges.length + diagram.legend.length);
  });

  test("is drawn inside its frame, no number upon another", () => {
    const [, width = 0, height = 0] = (/viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? []).map(Number);
    const badges = [...svg.matchAll(/<circle cx="(\S+)" cy="(\S+)"/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
    for (const { x, y } of badges) expect(x > 9 && y > 9 && x < width - 9 && y < height).toBe(true);
    const close = badges.filter((one, index) =>
      badges.some((other, place) => place > index && Math.hypot(one.x - other.x, one.y - other.y) < 12),
    );
    expect(close).toEqual([]);
  });
});

test("words of a procedure are text in the picture, whatever signs they hold", () => {
  const [one] = shipped;
  const svg = diagramSvg(diagramOf({ ...one!, title: 'A <b> & "c"' }));
  expect(svg).toContain("A &lt;b&gt; &amp; &quot;c&quot;");
});
