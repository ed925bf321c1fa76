/** A text as the writer of workbooks takes it. It loses one that every object has as a name, such as "valueOf"; with a blank before it, which reading takes off, it does not. What XML can not hold is written as not known. */
export const writable = (text: string): string =>
  text in Object.prototype ? ` ${text}` : text.replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD");
