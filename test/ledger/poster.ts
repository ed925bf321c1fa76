// A program that posts without end and says the number of each call once it is on disk: `node poster.ts DATA_FOLDER RUN`.
import { writeSync } from "node:fs";
import { postSteps } from "#app/post.ts";
import { connect } from "#store/database.ts";
import { openServer } from "#store/server/open-server.ts";
import { stepOf } from "../support/promises.ts";

const [dataFolder = "", run = ""] = process.argv.slice(2);
const server = await openServer({ dataFolder });
const db = connect(server.connections.program, 4);

async function post(worker: number): Promise<never> {
  for (let call = 0; ; call += 1) {
    const reason = `${run}-${worker}-${call}`;
    const steps = Array.from({ length: 3 }, (_, index) =>
      stepOf({
        promise: "p",
        reason,
        quantity: BigInt(call + 1),
        ...(index === 2 ? { from: "finance.committed", to: "finance.sent" } : {}),
      }),
    );
    await postSteps(db, steps, "poster");
    writeSync(1, `${reason}\n`);
  }
}

await Promise.all([0, 1, 2].map(post)).catch(() => process.exit(3));
