import { useTitle } from "../frame/hooks.ts";

export function DecisionPage() {
  useTitle("Decisions");
  return <h1>Decisions</h1>;
}
