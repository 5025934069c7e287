import type { StacktapeType } from '../../config/stacktape';

/** What Stacktape's topics have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: { smsDisplayName: (value) => ({ SnsTopic: { display_name: value } }) },
};
