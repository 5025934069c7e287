/** The directive for the account that the stack is deployed to. */
export const ACCOUNT_ID = '$AwsAccountId()';

/** What to do where the value of {@link ACCOUNT_ID} must be known at synthesis: it is, if the config allows one account alone. */
export const KNOWN_ACCOUNT = 'set allowedAccountIds to a list with the account ID alone, or write the ID itself';
