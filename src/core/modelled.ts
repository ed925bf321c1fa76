/** What of something is modelled, as a sentence that says so once. */
export const modelledWords = (modelled: string): string =>
  /^modelled\b/i.test(modelled) ? modelled : `Modelled: ${modelled}`;
