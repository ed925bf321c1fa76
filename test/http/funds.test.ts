import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playRehearsal } from "#app/rehearsal.ts";
import type { CallView, FundList, FundView, ReallocationPreview, ReceiptsReport, WhyView } from "#core/views-funds.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { openRecord } from "../support/record.ts";

const name = "harbour-fund.json";
const text = readFileSync(new URL(`../../reference/rehearsal/${name}`, import.meta.url), "utf8");

let app: FastifyInstance;
let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  const record = await openRecord();
  ({ db } = record);
  await playRehearsal(db, { name, text });
  app = await buildServer({
    db,
    pagesFolder: "/nowhere",
    version: "0",
    clock: () => "2026-11-02T09:00:00Z",
    actor: "tester",
  });
  close = async () => {
    await app.close();
    await record.close();
  };
});
afterAll(() => close());

const headers = { host: "localhost" };
async function read<T>(path: string): Promise<T> {
  const { statusCode, body } = await app.inject({ url: `/api/v1${path}`, headers });
  expect([path, statusCode, statusCode === 200 ? "" : body]).toEqual([path, 200, ""]);
  return JSON.parse(body) as T;
}
const send = async (path: string, payload: object) => {
  const { statusCode, body } = await app.inject({ method: "POST", url: `/api/v1${path}`, headers, payload });
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> };
};
const fund = async () => read<FundView>("/funds/harbour-fund");
const spending = { line: "ammunition", amount: "1000.00", authority: "harbour-fund.3", purpose: "Fuses" };

describe("a fund is read", () => {
  test("in the list of its book, and whole, by the same figures", async () => {
    const { funds, models, asOf } = await read<FundList>("/funds?book=rehearsal");
    const whole = await fund();
    expect(funds.map(({ id, received, arrears }) => ({ id, received, arrears }))).toEqual([
      { id: "harbour-fund", received: whole.received, arrears: whole.arrears },
    ]);
    expect([asOf, models.map((model) => model.id)]).toEqual(["2026-11-02", ["five-year-fund", "yearly-pledge"]]);
    expect((await read<FundList>("/funds?book=worked-case")).funds).toEqual([]);
  });

  test("as of a day: nothing is in arrears before anything is due", async () => {
    expect((await read<FundView>("/funds/harbour-fund?as_of=2025-04-30")).arrears).toBe("0.00");
    expect((await read<FundView>("/funds/harbour-fund?as_of=2025-11-30")).arrears).not.toBe("0.00");
  });

  test("a call with every share; its invoices as CSV add up to it; one is a PDF", async () => {
    const call = await read<CallView>("/funds/harbour-fund/calls/hf-2026-1");
    const table = await app.inject({ url: "/api/v1/funds/harbour-fund/calls/hf-2026-1/invoices.csv" });
    expect(table.headers["content-type"]).toContain("text/csv");
    const [head = "", ...rows] = table.body.trim().split("\r\n");
    const total = head.split(",").indexOf("total");
    const sum = rows.reduce(
      (all, row) => all + BigInt((row.match(/("[^"]*"|[^,]*)(,|$)/g)?.[total] ?? "").replaceAll(/[^\d]/g, "")),
      0n,
    );
    expect([sum, rows.length]).toEqual([BigInt(call.amount.replace(".", "")), 11]);
    const sheet = await app.inject({ url: "/api/v1/funds/harbour-fund/calls/hf-2026-1/invoices/x-fer" });
    expect([sheet.headers["content-type"], sheet.rawPayload.subarray(0, 5).toString()]).toEqual([
      "application/pdf",
      "%PDF-",
    ]);
  });

  test.each([
    ["/funds/nothing", 404, "unknown_fund"],
    ["/funds?book=nothing", 404, "unknown_book"],
    ["/funds/harbour-fund/calls/nothing", 404, "unknown_call"],
    ["/funds/harbour-fund?as_of=yesterday", 400, "invalid_date"],
    ["/funds/harbour-fund/calls/hf-2026-1/invoices/x-ist", 404, "unknown_party"],
    ["/postings/abc/why", 404, "unknown_posting"],
    ["/postings/999999/why", 404, "unknown_posting"],
  ])("%s is refused with %i %s", async (path, status, code) => {
    const { statusCode, body } = await app.inject({ url: `/api/v1${path}` });
    expect([statusCode, (JSON.parse(body) as { code: string }).code]).toEqual([status, code]);
  });
});

describe("a fund is acted on", () => {
  test("money is placed, and one click leads from its posting to the decision", async () => {
    const { status, body } = await send("/funds/harbour-fund/places", { ...spending, actor: "Desk officer" });
    expect(status).toBe(200);
    const act = (body as unknown as FundView).acts.at(-1);
    expect(act).toMatchObject({ kind: "place", amount: "1000.00", actor: "Desk officer", decision: "harbour-fund" });
    const why = await read<WhyView>(`/postings/${act?.postings[0]}/why`);
    expect([why.decision?.number, why.authority?.id]).toEqual(["HA/D/2025/3", "harbour-fund.3"]);
    expect((await send(`/funds/harbour-fund/acts/${act?.id}/reversal`, { reason: "A test" })).status).toBe(200);
    expect((await fund()).acts.at(-1)).toMatchObject({ kind: "reversal", actor: "tester" });
  });

  test.each([
    ["places", { ...spending, authority: undefined }, 422, "authority_missing"],
    ["places", { ...spending, authority: "bridges.1", line: "budget" }, 422, "authority_not_live"],
    ["payments", { ...spending, placed: false, amount: "1499999999.00" }, 422, "authority_exhausted"],
    ["payments", { ...spending, placed: false, line: "training" }, 422, "authority_of_another_purpose"],
    ["places", { ...spending, extra: 1 }, 400, "parameter_invalid"],
    ["places", { ...spending, amount: 5 }, 400, "parameter_invalid"],
    [
      "reallocations",
      { line: "budget", toLine: "training", amount: "1.00", authority: "harbour-fund.3", reason: "x" },
      422,
      "authority_of_another_purpose",
    ],
    ["calls", { id: "again", decision: "call-2026" }, 409, "call_exists_already"],
    ["acts/999999/reversal", { reason: "x" }, 404, "unknown_act"],
  ])("%s is refused, and nothing is changed", async (path, payload, status, code) => {
    const counted = async () => rowsOf(db, sql`select (select count(*) from posting), (select count(*) from fund_act)`);
    const before = await counted();
    const answer = await send(`/funds/harbour-fund/${path}`, payload);
    expect([answer.status, answer.body["code"]]).toEqual([status, code]);
    expect(await counted()).toEqual(before);
  });

  test("a statement comes in once, and what it does not name is matched by hand", async () => {
    const open = (await read<CallView>("/funds/harbour-fund/calls/hf-2026-1")).shares.find(
      (share) => share.party === "x-jor",
    );
    const csv = `statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference\nT1,X,2026-11-01,100.00,EUR,${open?.reference},Jorvland,,E1\nT1,X,2026-11-01,50.00,EUR,,Jorvland,No reference,E2\n`;
    const post = async () =>
      app.inject({
        method: "POST",
        url: "/api/v1/funds/harbour-fund/receipts?file_name=t1.csv",
        headers: { ...headers, "content-type": "text/csv" },
        payload: csv,
      });
    const first = JSON.parse((await post()).body) as ReceiptsReport;
    expect(first.matched.map(({ entry, amount }) => [entry, amount])).toEqual([["E1", "100.00"]]);
    expect((JSON.parse((await post()).body) as ReceiptsReport).statements[0]?.already).toBe(true);
    const { body } = await send("/funds/harbour-fund/receipts/match", {
      statement: "T1",
      entry: "E2",
      reference: open?.reference,
    });
    expect((body as unknown as ReceiptsReport).unmatched.map((one) => one.statement)).not.toContain("T1");
    const after = (await read<CallView>("/funds/harbour-fund/calls/hf-2026-1")).shares.find(
      (share) => share.party === "x-jor",
    );
    expect(BigInt(open?.outstanding.replace(".", "") ?? "") - BigInt(after?.outstanding.replace(".", "") ?? "")).toBe(
      15_000n,
    );
  });

  test("a pledge, a credit in kind and a reallocation are looked at before they are entered", async () => {
    const pledged = await send("/funds/harbour-fund/pledges", {
      id: "test-pledge",
      party: "x-ald",
      line: "training",
      title: "Courses",
      instalments: [{ dueOn: "2027-01-31", amount: "10.00" }],
    });
    expect((pledged.body as unknown as FundView).pledges.map((one) => one.id)).toContain("test-pledge");
    const open = (await read<CallView>("/funds/harbour-fund/calls/hf-2025-2")).shares.find(
      (share) => share.party === "x-fer",
    );
    const credited = await send("/funds/harbour-fund/credits", {
      reference: open?.reference,
      value: "1000.00",
      method: "Assessed",
    });
    expect((credited.body as unknown as FundView).acts.at(-1)).toMatchObject({ kind: "credit", amount: "500.00" });
    const preview = await read<ReallocationPreview>(
      "/funds/harbour-fund/reallocation?line=training&to_line=budget&amount=1000.00",
    );
    expect(preview).toMatchObject({ possible: false, amount: "1000.00" });
    expect(preview.earmarks.map(({ earmark, may }) => [earmark, may])).toEqual([
      ["not-budget", false],
      ["training-only", false],
    ]);
    expect((await fund()).balance.agrees).toBe(true);
  });

  test("a page of another site cannot write", async () => {
    const { statusCode } = await app.inject({
      method: "POST",
      url: "/api/v1/funds/harbour-fund/places",
      headers: { ...headers, origin: "http://elsewhere" },
      payload: spending,
    });
    expect(statusCode).toBe(403);
  });
});
