/** Characters that a title or note may not have: what XML, and so a feed or a workbook, can't hold, and what turns the direction of the text around it. */
// oxlint-disable-next-line no-control-regex
export const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;
