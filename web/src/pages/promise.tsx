export function PromisePage() { return <h1>Promise</h1>; }
