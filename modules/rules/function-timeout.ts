/** The longest timeout of a function, in seconds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_FUNCTION_SECONDS = 900;
