/** What can be wrong with needs, offers and plans: a part of the catalogue of errors. */
export const planningErrors = {} as const satisfies Record<string, { title: string; advice: string }>;
