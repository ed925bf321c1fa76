/** What can be wrong with consignments, receipts and queries: a part of the catalogue of errors. */
export const deliveryErrors = {} as const satisfies Record<string, { title: string; advice: string }>;
