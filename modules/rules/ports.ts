/** The highest number of a TCP port. */
export const MAX_PORT = 65_535;
