import { useQuery } from "@tanstack/react-query";
import { useAppSearch } from "../../frame/hooks.ts";
import { readable } from "../../funds/words.ts";
import { deliveredQuery } from "./queries.ts";

/** Which event counts as delivered in the book and for its funds, in sentences. */
export function DeliveredNote({ book }: Readonly<{ book: string }>) {
  const { known_at } = useAppSearch();
  const policies = useQuery(deliveredQuery(book, known_at)).data;
  if (policies === undefined) return <>{"\u00a0"}</>;
  return <>{policies.now.map(({ says }) => readable(says)).join(" ")}</>;
}
