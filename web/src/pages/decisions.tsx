import { useTitle } from "../frame/hooks.ts";

export function DecisionsPage() {
  useTitle("Decisions");
  return <h1>Decisions</h1>;
}
