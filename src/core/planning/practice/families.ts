import type { ItemKind } from "../record.ts";

/** A kind as the practice sets use it: real in name, made up in every figure. */
export type PracticeKind = Readonly<{
  id: string;
  name: string;
  stream: ItemKind["stream"];
  capability: string;
  counted: ItemKind["counted"];
  kg: number;
  days: number; // of a course
  price: number; // of one piece, whole units of the currency
}>;

/** A system with what belongs to it, and what can stand in for it. */
export type Family = Readonly<{
  system: string;
  typical: number; // how many a need asks for, about
  parts: readonly Readonly<{
    item: string;
    pieces: number;
    systems: number;
    when: "before" | "with" | "monthly";
    leadDays?: number;
    months?: number;
  }>[];
  substitute?: Readonly<{ item: string; worthPpm: number }>;
  sizes: string; // the sets that have it
}>;

const materiel = { stream: "materiel", counted: "pieces", days: 0 } as const;
const training = { stream: "training", counted: "places", kg: 0, price: 12_000 } as const;
const work = { stream: "staff", capability: "staff", counted: "post-months", kg: 0, days: 0, price: 9_000 } as const;

const thing = (id: string, name: string, capability: string, kg: number, price: number): PracticeKind => {
  return { id, name, capability, kg, price, ...materiel };
};
const course = (id: string, name: string, capability: string, days: number): PracticeKind => {
  return { id, name, capability, days, ...training };
};
const staff = (id: string, name: string): PracticeKind => ({ id, name, ...work });

/** Named as in `policies/items/support.json`, in which a test looks for them. */
export const practiceKinds: readonly PracticeKind[] = [
  thing("howitzer-155", "Howitzer, 155 mm", "artillery", 25_000, 4_000_000),
  thing("howitzer-105", "Howitzer, 105 mm", "artillery", 2_000, 900_000),
  thing("shell-155", "Shell, 155 mm", "artillery", 50, 4_000),
  thing("spares-artillery", "Set of spares, artillery", "artillery", 400, 60_000),
  course("course-artillery", "Training place, artillery crew", "artillery", 35),
  thing("rocket-launcher", "Multiple rocket launcher", "rocket-artillery", 16_000, 5_500_000),
  thing("rocket-guided", "Guided rocket", "rocket-artillery", 310, 150_000),
  course("course-rocket-artillery", "Training place, rocket artillery crew", "rocket-artillery", 28),
  thing("air-defence-medium", "Air-defence system, medium range", "air-defence", 90_000, 140_000_000),
  thing("air-defence-short", "Air-defence system, short range", "air-defence", 20_000, 20_000_000),
  thing("missile-air-defence", "Air-defence missile", "air-defence", 160, 900_000),
  thing("spares-air-defence", "Set of spares, air defence", "air-defence", 900, 400_000),
  course("course-air-defence", "Training place, air-defence crew", "air-defence", 70),
  thing("tank", "Tank", "armour", 60_000, 7_000_000),
  thing("shell-tank", "Tank shell", "armour", 25, 3_500),
  thing("spares-armour", "Set of spares, armour", "armour", 700, 90_000),
  course("course-armour", "Training place, armour crew", "armour", 42),
  thing("infantry-fighting-vehicle", "Infantry fighting vehicle", "armour", 30_000, 3_500_000),
  thing("armoured-vehicle", "Armoured vehicle", "mobility", 12_000, 700_000),
  thing("truck", "Truck", "mobility", 9_000, 150_000),
  thing("drone-reconnaissance", "Reconnaissance drone", "drones", 60, 300_000),
  thing("drone-attack", "Attack drone", "drones", 6, 2_000),
  thing("spares-drones", "Set of spares, drones", "drones", 15, 8_000),
  course("course-drones", "Training place, drone pilot", "drones", 21),
  thing("demining-vehicle", "Demining vehicle", "demining", 18_000, 1_200_000),
  course("course-demining", "Training place, deminer", "demining", 30),
  thing("ambulance", "Ambulance", "medical", 4_000, 110_000),
  thing("field-hospital", "Field hospital", "medical", 35_000, 5_000_000),
  thing("generator", "Generator", "energy", 1_500, 25_000),
  thing("protective-vest", "Protective vest", "protection", 11, 700),
  staff("staff-adviser", "Adviser"),
  staff("staff-logistics", "Logistics officer"),
];

const crew = (item: string, pieces: number) => ({ item, pieces, systems: 1, when: "before", leadDays: 14 }) as const;
const rounds = (item: string, pieces: number) => ({ item, pieces, systems: 1, when: "with" }) as const;
const spares = (item: string, systems: number) => ({ item, pieces: 1, systems, when: "monthly", months: 6 }) as const;

export const families: readonly Family[] = [
  {
    system: "howitzer-155",
    typical: 18,
    parts: [crew("course-artillery", 6), rounds("shell-155", 300), spares("spares-artillery", 3)],
    substitute: { item: "howitzer-105", worthPpm: 500_000 },
    sizes: "SML",
  },
  {
    system: "air-defence-medium",
    typical: 3,
    parts: [crew("course-air-defence", 40), rounds("missile-air-defence", 24), spares("spares-air-defence", 1)],
    substitute: { item: "air-defence-short", worthPpm: 250_000 },
    sizes: "SML",
  },
  { system: "demining-vehicle", typical: 12, parts: [crew("course-demining", 4)], sizes: "SML" },
  { system: "generator", typical: 120, parts: [], sizes: "SML" },
  { system: "ambulance", typical: 40, parts: [], sizes: "SML" },
  { system: "staff-adviser", typical: 24, parts: [], sizes: "SML" },
  {
    system: "rocket-launcher",
    typical: 8,
    parts: [crew("course-rocket-artillery", 5), rounds("rocket-guided", 36)],
    sizes: "ML",
  },
  {
    system: "tank",
    typical: 20,
    parts: [crew("course-armour", 4), rounds("shell-tank", 120), spares("spares-armour", 2)],
    substitute: { item: "infantry-fighting-vehicle", worthPpm: 400_000 },
    sizes: "ML",
  },
  { system: "armoured-vehicle", typical: 40, parts: [], sizes: "ML" },
  {
    system: "drone-reconnaissance",
    typical: 30,
    parts: [crew("course-drones", 3), spares("spares-drones", 2)],
    sizes: "ML",
  },
  { system: "drone-attack", typical: 2_000, parts: [], sizes: "ML" },
  { system: "protective-vest", typical: 5_000, parts: [], sizes: "ML" },
  { system: "truck", typical: 90, parts: [], sizes: "L" },
  { system: "field-hospital", typical: 4, parts: [], sizes: "L" },
  { system: "staff-logistics", typical: 36, parts: [], sizes: "L" },
];
