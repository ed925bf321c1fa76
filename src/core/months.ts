/** The months of a year for reading, January first. */
export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "2024-04-03", or an instant of that day in UTC, is "3 April 2024", in one piece. */
export function dayWords(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  const name = monthNames[Number(month) - 1];
  return year === undefined || name === undefined ? day : `${Number(date)}\u00a0${name}\u00a0${year}`;
}
