/** An account that is nobody's: of a stack whose own is unknown. */
export const ACCOUNT = '000000000000';
