import { useTitle } from "../frame/hooks.ts";

export function ProposePage() {
  useTitle("Decisions");
  return <h1>Decisions</h1>;
}
