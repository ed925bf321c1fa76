import { describe, expect, test } from "vitest";
import { practiceKinds } from "#core/planning/practice/families.ts";
import { kindOf, taxonomy } from "#app/planning/taxonomy.ts";
import { readTaxonomy } from "#formats/items/read.ts";

describe("the kinds of items", () => {
  test("the shipped ones are read, about eighty, every stream among them", () => {
    const { kinds, validFrom } = taxonomy();
    expect(kinds.length).toBeGreaterThan(60);
    expect(validFrom).toBe("2022-01-24");
    expect([...new Set(kinds.map((kind) => kind.stream))].sort()).toEqual(["finance", "materiel", "staff", "training"]);
    expect(kindOf("howitzer-155")).toMatchObject({ name: "Howitzer, 155 mm", capability: "artillery", massKg: null });
  });

  test("a kind that is not there is refused by its name", () => {
    expect(() => kindOf("trebuchet")).toThrow(expect.objectContaining({ code: "unknown_item_kind" }));
  });

  test.each(practiceKinds)("practice means the same by $id", ({ id, name, stream, capability, counted }) => {
    expect(kindOf(id)).toMatchObject({ id, name, stream, capability, counted });
  });

  const file = (kind: object) =>
    JSON.stringify({
      id: "t",
      title: "T",
      validFrom: "2024-01-01",
      capabilities: [
        {
          id: "artillery",
          title: "Artillery",
        },
      ],
      kinds: [
        {
          id: "gun",
          name: "Gun",
          stream: "materiel",
          capability: "artillery",
          counted: "pieces",
        },
        kind,
      ],
    });

  test.each([
    ["id", "gun, twice", { id: "gun", name: "Gun", stream: "materiel", capability: "artillery", counted: "pieces" }],
    ["capability", "navy", { id: "ship", name: "Ship", stream: "materiel", capability: "navy", counted: "pieces" }],
    ["counted", "shell", { id: "shell", name: "S", stream: "finance", capability: "artillery", counted: "currency" }],
    [
      "source",
      "a figure without a source",
      { id: "a", name: "A", stream: "materiel", capability: "artillery", counted: "pieces", massKg: 1 },
    ],
    ["stream", "air", { id: "a", name: "A", stream: "air", capability: "artillery", counted: "pieces" }],
  ])("%s: %s is refused with its place", (field, found, kind) => {
    const refused = expect.objectContaining({
      code: "item_kinds_invalid",
      found: expect.stringContaining(found),
      place: { file: "kinds.json", field: `kinds[1].${field}` },
    });
    expect(() => readTaxonomy(file(kind), "kinds.json")).toThrow(refused);
  });
});
