/** Maximum length of a description in each AWS service, in characters. */
const DESCRIPTION_LIMITS = {
  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
  lambdaFunction: 256,
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
  securityGroupRule: 255,
  /** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
  codebuildProject: 255,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  eventRule: 512,
  /** ElastiCache documents no maximum. The maximum for a subnet group's description is 255. */
  replicationGroup: 255,
} as const;

/** A description with names in it. Cut off at the end if it is too long for its service. */
export function description(service: keyof typeof DESCRIPTION_LIMITS, text: string): string {
  const limit = DESCRIPTION_LIMITS[service];
  return text.length <= limit ? text : `${text.slice(0, limit - 3)}...`;
}

/** Maximum length of a tag value: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const TAG_VALUE_LIMIT = 256;

/** The `Name` tag, which AWS consoles show. Cut off at the end if it is too long. */
export function nameTag(...parts: readonly string[]): { readonly Name: string } {
  return { Name: parts.join('-').slice(0, TAG_VALUE_LIMIT) };
}
