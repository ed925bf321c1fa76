export function NeedsPage() { return <h1>Needs</h1>; }
