/** What the command line and the server hold of the record: enough to hand it to the use cases. */
export type { Database } from "#store/database.ts";
