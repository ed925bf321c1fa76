export function NationPage() { return <h1>Nation</h1>; }
