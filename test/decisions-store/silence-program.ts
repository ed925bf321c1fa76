// A program that puts a proposal under silence: `node silence-program.ts CONNECTION PROPOSAL`.
import type { PoolConfig } from "pg";
import { appendProposalEvent } from "#app/decisions.ts";
import { connect } from "#store/database.ts";

const [connectionText = "{}", id = ""] = process.argv.slice(2);
const db = connect(JSON.parse(connectionText) as PoolConfig);
const clock = () => new Date().toISOString();
const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
await appendProposalEvent(db, clock, id, { type: "silence-started", expiresAt }, "a program");
await db.destroy();
