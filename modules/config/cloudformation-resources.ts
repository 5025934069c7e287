import { z } from 'zod';
import { mapOf, strict, text } from './checked';

const logicalId = text({
  pattern: /^[A-Za-z0-9]{1,255}$/,
  accepted: 'a CloudFormation logical id: up to 255 letters and digits',
  fix: (found) => `write ${found.replace(/[^A-Za-z0-9]/g, '') || 'an id such as myStream'}`,
});

const json = z.json();

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const cloudFormationResource = strict({
  /** Type of the resource, such as `AWS::Kinesis::Stream`. */
  Type: text({
    pattern: /^(?!AWS::Serverless::)[A-Za-z0-9]+(::[A-Za-z0-9]+){1,3}$/,
    accepted: 'a CloudFormation type such as AWS::Kinesis::Stream',
    fix: (found) =>
      found.startsWith('AWS::Serverless::')
        ? 'use the types that it expands to, such as AWS::Lambda::Function: transforms are not supported'
        : 'write a type such as AWS::SQS::Queue',
  }),
  /** Properties of the resource, with CloudFormation's names. You can use directives and CloudFormation's functions in them. @default none */
  Properties: z.record(z.string(), json).optional(),
  /** Logical ids of the resources that are created before this one. @default those that it refers to */
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  /** What happens to the resource when you remove it from the config. @default CloudFormation's default for the type */
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']).optional(),
  /** What happens to the old resource when an update replaces it. @default Delete */
  UpdateReplacePolicy: z.enum(['Delete', 'Retain', 'Snapshot']).optional(),
  /** Signals that CloudFormation waits for when it creates the resource. @default none */
  CreationPolicy: z.record(z.string(), json).optional(),
  /** How CloudFormation updates the resource. @default CloudFormation's default for the type */
  UpdatePolicy: z.record(z.string(), json).optional(),
  /** Any JSON. CloudFormation stores it with the resource and doesn't use it. @default none */
  Metadata: z.record(z.string(), json).optional(),
});

/** Resources that CloudFormation creates, by logical id. */
export const cloudFormationResources = mapOf(logicalId, cloudFormationResource);
