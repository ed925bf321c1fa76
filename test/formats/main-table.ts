/** A small main table of the generations to 2023, invented, with the quirks of the real ones. */
export const mainHeader = [
  "ID", "countries", "Announcement Date", "Type of Aid General", "Type of Aid Specific", "Explanation", "Original Currency", "Monetary Value as Given by Source",
  "Items", "No. of Units", "No. of Units delivered (in-kind military aid)", "Total ", "Converted Value in EUR", "Total monetary value delivered in EUR", "Official Source",
  "Source of Aid 1",
];

export const mainRows = [
  ["XAH1", "Atlantis", "2022-03-01", "Humanitarian ", "Grant", "Relief", "AUD", "35000000", ".", ".", ".", "35000000", "23456872.863749079", ".", "Yes ", "https://example.org/1"],
  ["XAM1", "Atlantis", "until 7/27/2022", "Military", "Weapons", "Package", "USD", "405", "tank", "20", "6", "1000000", "900000.5", "450000.25", "Yes", "."],
  ["XAM1", "Atlantis", "until 7/27/2022", "Military", "Weapons", "Package", "USD", "405", "howitzer", "undisclosed", "2", "", "", "", "Yes", "."],
  ["XAM1", "Atlantis", "unclear, 04/22", "Military", "Weapons", "Package", "USD", "405", "round", "1.000.00", ".", "", "", "", "Yes", "."],
  ["XAM2", "Atlantis", "2922-02-09", "Military", "Weapons", "Unknown", ".", "Not given", "vest", "10", "undisclosed", ".", ".", ".", "No", "."],
  ["XAF1", "Lemuria", "since 2/24/2022", "Financial", "Loan", "Credit", "EUR", "1000000", ".", ".", ".", "1000000", "1000000", ".", "No", "https://example.org/2"],
];

export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")).join("\n");
}
