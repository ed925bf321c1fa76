import { connect, type Database } from "#store/database.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { seedRegister } from "./seed.ts";

/** A database of the test file's own that holds the small made-up register. Close it in afterAll. */
export async function openSeeded(): Promise<{ database: TestDatabase; db: Database; close: () => Promise<void> }> {
  const database = await createTestDatabase();
  const owner = connect(database.owner);
  await seedRegister(owner);
  await owner.destroy();
  const db = connect(database.program);
  const close = async () => {
    await db.destroy();
    await database.drop();
  };
  return { database, db, close };
}
