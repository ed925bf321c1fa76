import { MainstayError } from "#core/errors.ts";
import type { PledgeReport } from "#core/views-report.ts";
import { reportCsv } from "#formats/report/csv.ts";
import { openDocumentFonts } from "../fonts.ts";

/** In which formats a report is written. */
export const reportFormats = ["html", "pdf", "xlsx", "csv", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];
export type ReportFile = Readonly<{ bytes: Uint8Array; type: string; name: string }>;

const types: Readonly<Record<ReportFormat, string>> = {
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
};

/** @throws MainstayError report_format_unknown */
export function reportFormatOf(text: string): ReportFormat {
  const found = reportFormats.find((one) => one === text.toLowerCase());
  if (found === undefined) throw new MainstayError("report_format_unknown", JSON.stringify(text), { field: "format" });
  return found;
}

/** A report as a file: the same report is the same bytes. The libraries of a format are loaded when it is written. */
export async function reportFile(report: PledgeReport, format: ReportFormat): Promise<ReportFile> {
  return { bytes: await bytesOf(report, format), type: types[format], name: `${report.file}.${format}` };
}

async function bytesOf(report: PledgeReport, format: ReportFormat): Promise<Uint8Array> {
  switch (format) {
    case "csv":
      return new TextEncoder().encode(reportCsv(report));
    case "json":
      return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
    case "html": {
      const { reportHtml } = await import("#formats/report/html.ts");
      return new TextEncoder().encode(reportHtml(report));
    }
    case "xlsx": {
      const { reportXlsx } = await import("#formats/report/xlsx.ts");
      return reportXlsx(report);
    }
    case "pdf": {
      const [{ reportPdf }, fonts] = await Promise.all([import("#formats/report/pdf.ts"), openDocumentFonts()]);
      return reportPdf(report, fonts);
    }
  }
}
