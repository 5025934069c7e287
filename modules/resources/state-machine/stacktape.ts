import type { StacktapeType } from '../../config/stacktape';

/** Stacktape's state machines have a definition, and those here only refer to others. */
export const STACKTAPE: StacktapeType = {
  properties: {},
  instead:
    'not part of this project: add it as AWS::StepFunctions::StateMachine to cloudformationResources, or leave it, and name it in existing',
};
