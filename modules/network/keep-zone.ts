/**
 * Keeps a subnet in its original zone. AWS returns the list of zones at each plan, and it can change. Without this, a change would replace
 * each subnet after it, with running instances in it.
 */
export const KEEP_ZONE = { ignoreChanges: ['availability_zone'] };
