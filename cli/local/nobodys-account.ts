/** An account id that AWS gives to no customer, for a stack whose account is unknown. */
export const ACCOUNT = '000000000000';
