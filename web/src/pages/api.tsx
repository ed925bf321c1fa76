export function ApiPage() { return <h1>Api</h1>; }
