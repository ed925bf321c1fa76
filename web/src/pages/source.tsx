export function SourcePage() { return <h1>Source</h1>; }
