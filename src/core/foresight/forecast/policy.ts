import type { Stream } from "../../bindingness.ts";

export const parameterNames = [
  "realisationMean",
  "realisationConcentration",
  "delayMedianMonths",
  "delaySigma",
  "paceSigma",
  "silence",
  "giverSigma",
  "paceWeight",
  "withdrawalPerYear",
  "revisionSigma",
  "commonShare",
  "openPromiseMonths",
  "openPromiseAge",
  "decisionDelayMonths",
  "decisionDelaySigma",
  "proposalOdds",
] as const;
export type ParameterName = (typeof parameterNames)[number];

/** What a forecast assumes where the record says too little; each figure with where it is from and what it can't tell. */
export type ForecastPolicy = Readonly<{
  parameters: Readonly<Record<ParameterName, Readonly<{ value: number; source: string; limits: string }>>>;
  volatilities: Readonly<{ source: string; monthly: Readonly<Record<string, number>> }>;
  currencies: Readonly<Record<string, string>>; // by party; the forecast's own currency where it is not named
  books: Readonly<Record<string, BookPolicy>>;
  decisions: readonly StatedDecision[];
}>;

/** The day from which a book's totals count, and the book that holds its needs where it is another. */
export type BookPolicy = Readonly<{ from: string; needs?: string | undefined; source: string }>;

/** A decision that is open from one day to another, the odds that it is taken, and the money that comes with it. */
export type StatedDecision = Readonly<{
  id: string;
  book: string;
  title: string;
  fund: string; // a worked fund: its years and key
  knownFrom: string;
  knownUntil: string;
  expectedOn: string;
  odds: number;
  additional: number; // the part of it that comes on top of what is given anyway
  stream: Stream;
  source: string;
}>;
