import { Link } from "@tanstack/react-router";
import type { FundView } from "../../../src/core/views-funds.ts";
import { keepFrame } from "../frame/search.ts";
import { decisionTitle } from "./words.ts";

/** A decision by its title, leading to its page. */
export function DecisionLink({ fund, id }: Readonly<{ fund: FundView; id: string }>) {
  return (
    <Link to="/decisions/$id" params={{ id }} search={keepFrame()} preload={false}>
      {decisionTitle(fund, id)}
    </Link>
  );
}
