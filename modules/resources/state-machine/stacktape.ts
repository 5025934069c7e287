import type { StacktapeType } from '../../config/stacktape';

/** Stacktape's state machines have a definition, and those here only refer to others. */
export const STACKTAPE: StacktapeType = {
  properties: {},
  instead:
    'not part of this project: add it to cloudformationResources as AWS::StepFunctions::StateMachine with its RoleArn, with ' +
    "$ResourceParam('<function>', 'arn') for each function that it calls. Then write here existing: " +
    "{ arn: $CfResourceParam('<its id there>', 'Arn') }, or the ARN of a state machine that you leave in its stack",
};
