export function NationsPage() { return <h1>Nations</h1>; }
