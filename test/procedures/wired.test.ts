import { spawnSync } from "node:child_process";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conditionsOf } from "#core/decisions/procedure.ts";
import type { ProcedureRow, ProcedureView } from "#core/views-governed.ts";
import { root } from "../architecture/sources.ts";
import { shipped } from "../decisions/support.ts";
import { refuseWithProblems } from "../../src/http/problems.ts";
import { procedureRoutes } from "../../src/http/routes/procedures.ts";

// Run as a person runs it, with a data folder that cannot be: procedures need no record.
function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "src/main.ts"), "procedures", ...words], {
    encoding: "utf8",
    env: { ...process.env, MAINSTAY_DATA: "/dev/null/nowhere" },
  });
  return { status, stdout, stderr };
}

describe("the command", () => {
  test("lists every procedure, or those in force on a day", () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(shipped.length + 2);
    expect(stdout).toMatch(/^lead-nation +modelled .* Lead nations decide$/m);
    const early = JSON.parse(run("--on", "1950-01-01", "--json").stdout) as ProcedureRow[];
    expect(early.map((row) => row.id).toSorted()).toEqual(
      shipped
        .filter((one) => one.validFrom <= "1950-01-01")
        .map((one) => one.id)
        .toSorted(),
    );
    expect(early.length).toBeLessThan(shipped.length);
  });

  test("shows one with its rule in words, its deadline, its ways and what they need, and its sources", () => {
    const { stdout } = run("eu-unanimity");
    expect(stdout).toContain("EU unanimity with constructive abstention (eu-unanimity)\n");
    expect(stdout).toContain(
      [
        "Adopted when",
        "  All of these:",
        "    Nobody votes against",
        "    Unless the text is under silence:",
        "      Everybody has voted or abstained, in person or represented",
        "    Any one of these:",
        "      Constructive abstainers are fewer than a third of the members",
      ].join("\n"),
    );
    expect(stdout).toContain("Deadline: 2 working days (brussels), at 17:00. Usual, not prescribed");
    expect(stdout).toMatch(/^ +\d+\. .*: from .* to Adopted; needs the rule met$/m);
    expect(stdout).toMatch(/^Source: Treaty on European Union, .*https:/m);
  });

  test("refuses an unknown name, a day before and what is no day", () => {
    const { status, stderr } = run("nowhere");
    expect([status, stderr]).toEqual([1, expect.stringContaining('no procedure of that name. Found: "nowhere"')]);
    expect(JSON.parse(run("un-security-council", "--on", "1900-01-01", "--json").stderr)).toMatchObject({
      error: { code: "procedure_not_in_force" },
    });
    expect(JSON.parse(run("--on", "someday", "--json").stderr)).toMatchObject({
      error: { code: "invalid_date", place: { field: "on" } },
    });
  });
});

describe("the API", () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = Fastify();
    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);
    refuseWithProblems(app);
    procedureRoutes(app);
    await app.ready();
  });
  afterAll(async () => app.close());
  const get = async (address: string) => app.inject({ url: `/api/v1/procedures${address}` });

  test("lists them", async () => {
    const rows = (await get("")).json<ProcedureRow[]>();
    expect(rows.map((row) => row.id)).toEqual(shipped.map((one) => one.id).toSorted());
  });

  test.each(shipped.map((one) => [one.id, one] as const))("gives %s whole, with every step drawn", async (id, one) => {
    const found = (await get(`/${id}`)).json<ProcedureView>();
    expect(found).toMatchObject({ id, steps: one.steps, transitions: one.transitions, sources: one.sources });
    expect(found.rule.flatMap((line) => line.condition?.id ?? [])).toEqual(conditionsOf(one.rule).map((c) => c.id));
    expect(found.diagram.nodes.map((node) => node.id).toSorted()).toEqual(one.steps.map((step) => step.id).toSorted());
    expect(found.diagram.edges).toHaveLength(one.transitions.flatMap((way) => way.from).length);
    const svg = await get(`/${id}/diagram.svg`);
    expect([svg.statusCode, svg.headers["content-type"]]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(svg.body).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(svg.body.match(/<g class="step /g)).toHaveLength(one.steps.length);
  });

  test("gives bounds exactly", async () => {
    const { rule } = (await get("/eu-qualified-majority")).json<ProcedureView>();
    expect(rule.map((line) => line.condition?.bound)).toContainEqual(
      expect.objectContaining({ kind: "share", share: "65/100", of: null }),
    );
    expect(rule.map((line) => line.kind)).toEqual(
      expect.arrayContaining(["when-all-take-part", "when-some-do-not", "any"]),
    );
  });

  test.each([
    ["/nowhere", 404, "unknown_procedure"],
    ["/nowhere/diagram.svg", 404, "unknown_procedure"],
    ["/lead-nation?on=2022-02-30", 400, "invalid_date"],
    ["?day=2022-02-03", 400, "parameter_invalid"],
  ])("refuses %s with %i", async (address, status, code) => {
    const answer = await get(address);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });
});
