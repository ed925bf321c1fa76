import { useQuery } from "@tanstack/react-query";
import { itemsQuery } from "../queries.ts";

const streams: Readonly<Record<string, string>> = {
  materiel: "Materiel",
  training: "Training",
  staff: "Staff",
  finance: "Money",
};

/** A stream's name. */
export function streamWords(stream: string): string {
  return streams[stream] ?? stream;
}

/** Gives a capability's title by its id. */
export function useCapabilities(): (id: string) => string {
  const capabilities = useQuery(itemsQuery).data?.capabilities ?? [];
  return (id) => capabilities.find((one) => one.id === id)?.title ?? id;
}

/** Gives the name of a kind by its id. */
export function useKindName(): (id: string) => string {
  const kinds = useQuery(itemsQuery).data?.kinds ?? [];
  return (id) => kinds.find((one) => one.id === id)?.name ?? id;
}
