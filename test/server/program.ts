// A program that uses the embedded database: opens it, says what it got, and holds it until its input ends.
import { text } from "node:stream/consumers";
import { openServer } from "#store/server/open-server.ts";

const server = await openServer({ dataFolder: process.argv[2] ?? "" });
process.stdout.write(
  `${JSON.stringify({ owned: server.owned, pid: server.pid(), connection: server.connections.owner })}\n`,
);
await text(process.stdin);
await server.stop();
