/** What others can ask of a job. */
export const JOB_PARAMS = ['jobDefinitionArn', 'stateMachineArn', 'logGroupArn'] as const;
