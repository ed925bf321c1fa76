import { InvalidArgumentError, Option, type Command } from "commander";
import { proposalExpiry } from "#app/decisions.ts";
import type { ActOptions, Asked } from "./decision-act.ts";
import type { Environment } from "./session.ts";

export type UntilOptions = ActOptions & Readonly<{ expires?: string; in?: number; workingDays?: number }>;

/** The options that say when a silence expires. */
export function withUntil(command: Command): Command {
  return command
    .addOption(
      new Option("--expires <instant>", "the exact expiry in UTC, YYYY-MM-DDTHH:MM:SSZ").conflicts([
        "in",
        "workingDays",
      ]),
    )
    .addOption(
      new Option("--in <time>", "so long from now: 90s, 30m, 2h or 3d").argParser(secondsIn).conflicts("workingDays"),
    )
    .addOption(
      new Option(
        "--working-days <number>",
        "so many working days, at the hour and in the calendar of the procedure; its usual number without any of these",
      ).argParser(wholeDays),
    );
}

/** @throws MainstayError those of expiryOf */
export async function untilOf(
  { clock }: Environment,
  { id, options: { expires, in: seconds, workingDays }, session: { db } }: Asked<UntilOptions>,
): Promise<string> {
  return proposalExpiry(db, clock, id, { expires, seconds, workingDays });
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsIn(text: string): number {
  const [, number = "", unit = ""] = /^(\d{1,7})([smhd])$/.exec(text.trim()) ?? [];
  const seconds = Number(number) * (secondsOf[unit] ?? 0);
  if (seconds === 0) throw new InvalidArgumentError("a time is written as 90s, 30m, 2h or 3d");
  return seconds;
}

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("working days are a whole number from 1 up");
  return Number(text);
}
