/** The resource that polls a queue or stream. */
export const MAPPING = [['Mapping', 'lambda-event-source-mapping']] as const;
