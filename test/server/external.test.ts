import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, describe, expect, inject, test } from "vitest";
import { openExternal, refuseOlder } from "#store/server/external.ts";
import { openDatabase } from "#store/server/open-database.ts";

/** A message of the wire protocol: its letter, its length, its content. */
function message(letter: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(letter), length, content]);
}

const short = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const long = (value: number): Buffer => Buffer.concat([short(value >> 16), short(value)]);
const ready = message("Z", Buffer.from("I"));

/** What a server of that version answers to the start-up message and to `SHOW server_version_num`. */
function answerOf(version: string): { start: Buffer; show: Buffer } {
  const column = Buffer.concat([
    Buffer.from("server_version_num\0"),
    long(0),
    short(0),
    long(25),
    short(65_535),
    long(-1),
    short(0),
  ]);
  return {
    start: Buffer.concat([message("R", long(0)), ready]),
    show: Buffer.concat([
      message("T", Buffer.concat([short(1), column])),
      message("D", Buffer.concat([short(1), long(version.length), Buffer.from(version)])),
      message("C", Buffer.from("SHOW\0")),
      ready,
    ]),
  };
}

let stub: Server | undefined;

afterEach(() => {
  stub?.close();
  stub = undefined;
});

/** Listens like a server of another version; only the version is made up, the driver and the check are the product's. */
function listenAs(version: string): Promise<string> {
  const { start, show } = answerOf(version);
  const server = createServer((socket) => {
    socket.once("data", () => {
      socket.write(start);
      socket.on("data", (data) => {
        if (data[0] === "Q".charCodeAt(0)) socket.write(show);
      });
    });
    socket.on("error", () => {});
  });
  stub = server;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve(`postgres://reader:secret@127.0.0.1:${port}/anything`);
    });
  });
}

describe("an outside server", () => {
  test.each([
    [100_023, "PostgreSQL 10.23"],
    [150_006, "PostgreSQL 15.6"],
    [179_999, "PostgreSQL 17.9999"],
  ])("of version number %i is refused as %s", (number, found) => {
    expect(() => refuseOlder(number)).toThrow(expect.objectContaining({ code: "database_too_old", found }));
  });

  test.each([180_000, 180_004, 190_000])("of version number %i is taken", (number) => {
    expect(() => refuseOlder(number)).not.toThrow();
  });

  test("that answers with version 15 is refused by version", async () => {
    const databaseUrl = await listenAs("150006");
    await expect(openDatabase({ dataFolder: "/unused", databaseUrl })).rejects.toMatchObject({
      code: "database_too_old",
      found: "PostgreSQL 15.6",
    });
  });

  test("that is not there is named without the password", async () => {
    const url = await listenAs("180004");
    await new Promise((resolve) => stub?.close(resolve));
    const refusal = await openExternal(url).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "database_unreachable" });
    expect(String(refusal)).toContain("127.0.0.1");
    expect(String(refusal)).not.toContain("secret");
  });

  test("of version 18 opens, with one user for owner and program", async () => {
    const connections = inject("testServer");
    if ("failure" in connections) throw new Error(connections.failure);
    const { host, user, database } = connections.owner;
    const databaseUrl = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}`;
    const opened = await openDatabase({ dataFolder: "/unused", databaseUrl });
    expect(opened.kind).toBe("external");
    expect(opened.owner).toEqual(opened.program);
    await opened.close();
  });
});

test.each(["garbage", "127.0.0.1:5432", "mysql://someone:secret@host/base", "postgres://someone:secret@[::bad/base"])(
  "%s is no address of a PostgreSQL: database_unreachable, and no password is shown",
  async (url) => {
    await expect(openExternal(url)).rejects.toMatchObject({
      code: "database_unreachable",
      found: "no address of the form postgres://user:password@host:port/database",
    });
  },
);
