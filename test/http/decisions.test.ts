import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DecisionCalendar, ProposalView } from "#core/views-decisions.ts";
import { buildServer } from "../../src/http/server.ts";
import { instant, minutes, openDesk, type Desk } from "../decisions-store/support.ts";
import { get } from "./support.ts";

let desk: Desk;
let app: FastifyInstance;
beforeAll(async () => {
  desk = await openDesk();
  app = await buildServer({
    db: desk.db,
    pagesFolder: "/nowhere",
    version: "0.0.0-test",
    clock: desk.clock,
    actor: "the machine's user",
  });
});
afterAll(async () => {
  await app.close();
  await desk.close();
});

const opening = {
  id: "fund",
  book: "test",
  group: "ring",
  procedure: "consensus-silence",
  title: "A fund",
  object: "adopt-report",
};
const post = async (address: string, payload: object | string, headers: Record<string, string> = {}) =>
  app.inject({
    method: "POST",
    url: `/api/v1/decisions${address}`,
    headers: { "content-type": "application/json", ...headers },
    payload,
  });
const events = async (payload: object | string, id = "fund") => post(`/${id}/events`, payload);
const secret = "only for the eyes of the ring";

describe("a proposal over the API", () => {
  test("is opened, put under silence, broken, re-issued and adopted; every answer is the proposal as it then stands", async () => {
    const opened = await post("", {
      ...opening,
      without: ["n3"],
      roles: { lead: ["Norland"] },
      actor: " Secretariat ",
    });
    expect([opened.statusCode, opened.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(opened.json<ProposalView>()).toMatchObject({
      id: "fund",
      step: "prepared",
      events: [{ kind: "opened", actor: "Secretariat" }],
    });
    desk.at(minutes(1));
    const terms = { kind: "adopt-report", report: "The first half year", address: "https://example.org/report" };
    const issued = await events({ type: "text-issued", title: "The text", body: "Words.", terms });
    expect(issued.json<ProposalView>().texts).toMatchObject([
      { version: 1, reference: null, terms, actor: "the machine's user" },
    ]);
    await events({ type: "silence-started", expiresAt: instant(minutes(60)) });
    const broken = await events({
      type: "objection",
      participant: "n2",
      text: "Not so.",
      reason: { text: secret, restricted: true },
    });
    expect(broken.json<ProposalView>()).toMatchObject({ step: "broken", blocking: { holding: ["n2"] } });
    desk.at(minutes(10));
    const anew = await events({ type: "re-issued", title: "Amended", body: "", expiresAt: instant(minutes(90)) });
    expect(anew.json<ProposalView>()).toMatchObject({ step: "silence", texts: [{}, { version: 2, terms: null }] });
    desk.at(minutes(91));
    const { body } = await get<ProposalView>(app, "/api/v1/decisions/fund");
    expect(body).toMatchObject({
      step: "adopted",
      decidedAt: instant(minutes(90)),
      outcome: { by: "silence", effect: "" },
    });
    const list = await get<DecisionCalendar>(app, "/api/v1/decisions?book=test");
    expect(list.body.proposals).toMatchObject([{ id: "fund", title: "Amended", result: "adopted", expiresAt: null }]);
  });

  test("goes out as a calendar too, with the addresses it was asked from", async () => {
    const file = await get(app, "/api/v1/decisions/calendar.ics?book=test", { host: "ring.example:4870" });
    expect(file.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(file.text).toContain("SUMMARY:Silence on “Amended” expired\r\n");
    expect(file.text).toContain("DTSTART:20250303T133000Z\r\n");
    expect(file.text).toContain("URL:http://ring.example:4870/decisions/fund\r\n");
  });
});

test("a restricted reason is in no answer, whoever asks for what", async () => {
  await post("", { ...opening, id: "held" });
  await events({ type: "text-issued", title: "T", body: "" }, "held");
  const held = { reason: { text: secret, restricted: true } };
  const answers = [
    await events({ type: "position-stated", participant: "n1", position: "abstain", ...held }, "held"),
    await events({ type: "silence-started", expiresAt: instant(minutes(600)) }, "held"),
    await events({ type: "position-stated", participant: "n4", position: "abstain", ...held }, "held"),
    await events({ type: "objection", participant: "n2", text: "No.", ...held }, "held"),
    await events({ type: "withdrawn" }, "held"),
    ...(await Promise.all(
      ["/held", "/fund", "?book=test", "/calendar.ics?book=test"].map(async (address) =>
        app.inject({ url: `/api/v1/decisions${address}` }),
      ),
    )),
  ];
  for (const answer of answers) expect([answer.statusCode, answer.body.includes(secret)]).toEqual([200, false]);
  const stated = answers[2]?.json<ProposalView>().participants.find((one) => one.id === "n4");
  expect(stated).toMatchObject({ standing: "abstain", restricted: true, reason: null });
  expect((await desk.view("held")).events.some((event) => event.says.includes(secret))).toBe(false);
});

describe("is refused", () => {
  const text = { type: "text-issued", title: "T", body: "" };
  const fund = { kind: "spend", fund: "f", grants: [] };

  test.each([
    ["what is no JSON", "{", 400, "parameter_invalid", undefined],
    ["nothing at all", "", 400, "parameter_invalid", undefined],
    ["a list", "[]", 400, "parameter_invalid", "body"],
    ["no type", {}, 400, "parameter_invalid", "type"],
    ["a type nobody knows", { type: "shouted" }, 400, "parameter_invalid", "type"],
    ["an opening after the opening", { type: "opened" }, 400, "parameter_invalid", "type"],
    ["a field too many", { ...text, version: 7 }, 400, "parameter_invalid", "version"],
    ["an instant of one's own", { ...text, at: instant(0) }, 400, "parameter_invalid", "at"],
    ["a title without words", { ...text, title: " " }, 400, "parameter_invalid", "title"],
    ["an actor without a name", { ...text, actor: "" }, 400, "parameter_invalid", "actor"],
    ["an actor with a novel for a name", { ...text, actor: "n".repeat(101) }, 400, "parameter_invalid", "actor"],
    ["terms of a kind nobody knows", { ...text, terms: { kind: "party" } }, 400, "parameter_invalid", "terms.kind"],
    ["terms with a field too many", { ...text, terms: { ...fund, more: 1 } }, 400, "parameter_invalid", "terms.more"],
    [
      "an amount that is a number",
      { ...text, terms: { ...fund, grants: [{ kind: "spend", line: null, amount: 5 }] } },
      400,
      "parameter_invalid",
      "terms.grants[0].amount",
    ],
    [
      "a NUL deep inside",
      { ...text, terms: { kind: "adopt-report", report: "a\0b", address: null } },
      400,
      "parameter_invalid",
      "terms.report",
    ],
    ["half a character", { ...text, body: "\ud800" }, 400, "parameter_invalid", "body"],
    ["terms of another object", { ...text, terms: fund }, 422, "terms_of_another_object", "terms.kind"],
    [
      "a position of a stranger",
      { type: "position-stated", participant: "zzz", position: "for" },
      404,
      "unknown_party",
      "participant",
    ],
    [
      "a silence without a text",
      { type: "silence-started", expiresAt: instant(minutes(9000)) },
      409,
      "proposal_text_missing",
      undefined,
    ],
    ["a vote where there is none", { type: "put-to-vote" }, 409, "proposal_transition_not_allowed", undefined],
  ])("%s", async (_, body, status, code, place) => {
    await post("", { ...opening, id: "refusing" });
    const answer = await events(body, "refusing");
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.json()).toMatchObject({ code, ...(place === undefined ? {} : { place }) });
    expect((await desk.view("refusing")).events).toHaveLength(1);
  });

  test.each([
    ["the same id again", { ...opening }, 409, "proposal_exists_already"],
    ["an id with spaces", { ...opening, id: "a b" }, 400, "proposal_invalid"],
    ["a book that is not there", { ...opening, id: "x", book: "nowhere" }, 404, "unknown_book"],
    ["an object nobody knows", { ...opening, id: "x", object: "war" }, 400, "parameter_invalid"],
    ["a field too many", { ...opening, id: "x", participants: [] }, 400, "parameter_invalid"],
    ["roles that are no lists", { ...opening, id: "x", roles: { lead: "n1" } }, 400, "parameter_invalid"],
  ])("an opening with %s", async (_, body, status, code) => {
    const answer = await post("", body);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  test.each(["/nothing", "/nothing?x=1"])("reading %s", async (address) => {
    const answer = await get<{ code: string }>(app, `/api/v1/decisions${address}`);
    expect(answer.body.code).toBe(address.includes("?") ? "parameter_invalid" : "unknown_proposal");
    expect(answer.status).toBe(address.includes("?") ? 400 : 404);
  });

  test("an event of a proposal that is not there", async () => {
    expect((await events(text, "nothing")).statusCode).toBe(404);
  });

  test.each([
    ["another machine", {}, "192.168.1.20"],
    ["a page of another site", { origin: "https://evil.example" }, "127.0.0.1"],
  ])("writing from %s", async (_, headers, remoteAddress) => {
    for (const url of ["/api/v1/decisions", "/api/v1/decisions/fund/events"]) {
      const answer = await app.inject({ method: "POST", url, headers, remoteAddress, payload: {} });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "writing_refused"]);
    }
  });
});

test("the description says what each event takes", async () => {
  const { body } = await get<{
    paths: Record<
      string,
      Record<string, { operationId: string; requestBody: { content: Record<string, { schema: object }> } }>
    >;
  }>(app, "/api/v1/openapi.json");
  const { operationId, requestBody } = body.paths["/api/v1/decisions/{id}/events"]?.["post"] ?? {};
  expect(operationId).toBe("recordDecisionEvent");
  const schema = JSON.stringify(requestBody?.content["application/json"]?.schema);
  for (const type of ["text-issued", "position-stated", "objection", "annulled"]) expect(schema).toContain(`"${type}"`);
  expect(schema).toContain('"additionalProperties":false');
});
