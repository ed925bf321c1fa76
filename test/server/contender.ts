// A process that takes the mutex again and again, and leaves with 1 when it ever finds another one inside.
import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { takeMutex } from "#store/server/mutex.ts";
import { sleep } from "#store/server/processes.ts";

const [folder = "", times = "0"] = process.argv.slice(2);
const inside = join(folder, "inside");

for (let round = 0; round < Number(times); round += 1) {
  const mutex = await takeMutex(folder, "lock", 60_000);
  mkdirSync(inside);
  await sleep(1);
  rmdirSync(inside);
  mutex.release();
}
