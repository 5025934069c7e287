import type { Facts } from '../../../../../cli/operate/why/facts';

/**
 * Where a case's message comes from. `documented`: a page of AWS has it word by word. `reported`: users have reported it, with the names
 * changed. `made`: the state is made of values that the API's model allows, because no source shows the message.
 */
export type Origin = 'documented' | 'reported' | 'made';

export type Case = readonly [code: string, origin: Origin, facts: Facts];
