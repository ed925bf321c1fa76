import { addDays, daysFrom } from "#core/planning/days.ts";

/** The days of a story that is played, counted from the first day that is planned. */
export type StoryDays = Readonly<{
  from: string; // the first day that is planned, a Monday
  today: string;
  stated: string;
  solved: string;
  withdrawn: string;
  solvedAgain: string;
  accepted: string;
  proposed: string;
  adopted: string;
  carried: string; // from here on consignments are made
}>;

const daysUnderWay = 26 * 7;
const thursday = "1970-01-01";

/** A story of which half a year of deliveries lies behind today. */
export function storyDays(today: string): StoryDays {
  const begins = addDays(today, -daysUnderWay);
  const from = addDays(begins, -((daysFrom(thursday, begins) + 3) % 7));
  const before = (days: number) => addDays(from, -days);
  return {
    from,
    today,
    stated: before(70),
    solved: before(63),
    withdrawn: before(58),
    solvedAgain: before(56),
    accepted: before(51),
    proposed: before(49),
    adopted: before(45),
    carried: before(42),
  };
}

/** The instant of a day at which the story goes on. */
export function instantOn(day: string, hour = 9): string {
  return `${day}T${String(hour).padStart(2, "0")}:00:00Z`;
}
