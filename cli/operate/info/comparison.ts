import type { JobDefinition } from '@aws-sdk/client-batch';
import { templateDocument } from '../../../modules/terraform/template';
import type { ExpectedJob } from './expected';
import { definitionProperties, definitionVariables, expectedProperties, expectedVariables } from './job-properties';
import { lifecycleProperties, queueProperties } from './lifecycle-properties';
import type { Properties } from './properties';
import { Template } from './template';

/** Whether a deployed job is the one that the config describes. */
export interface Comparison {
  readonly result: 'same' | 'different' | 'not-compared';
  readonly differences: readonly Difference[];
  /** Why it was not compared. */
  readonly reason?: string;
}

/** A property that a deployment would change. */
export interface Difference {
  /** In the words of the config. */
  readonly property: string;
  /** Undefined if it is not shown, because it can be a secret, or if there is none. */
  readonly deployed?: string;
  readonly config?: string;
  /** Whether the property is a whole document, of which the config has no value. @default false */
  readonly isWhole?: true;
}

/** The deployed parts of a job. */
export interface DeployedParts {
  readonly definition: JobDefinition;
  /** The state machine's definition as JSON. */
  readonly stateMachine: string;
}

/** Compares a deployed job with what the config would deploy. Roles are not compared: their names follow from the stack's. */
export function compared(deployed: DeployedParts, expected: ExpectedJob): Comparison {
  const template = new Template(expected.names);
  const differences = [
    ...changed(definitionProperties(deployed.definition), expectedProperties(expected.definition), template),
    // Variables can have values that nobody should see on a screen.
    ...changed(definitionVariables(deployed.definition), expectedVariables(expected.definition), template).map(
      ({ property }) => ({ property }),
    ),
    ...lifecycleChanges(deployed.stateMachine, expected.stateMachine, template),
  ];
  return { result: differences.length === 0 ? 'same' : 'different', differences };
}

function changed(deployed: Properties, expected: Properties, template: Template): Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(deployed)])];
  return names.flatMap((property) => {
    const [is, wanted] = [deployed[property], expected[property]];
    if (is === wanted || (is !== undefined && wanted !== undefined && template.matches(wanted, is))) return [];
    return [{ property, deployed: is, config: wanted === undefined ? undefined : template.text(wanted) }];
  });
}

function lifecycleChanges(deployed: string, expected: string, template: Template): Difference[] {
  const found = [
    ...changed(lifecycleProperties(deployed), lifecycleProperties(expected), template),
    ...changed(queueProperties(deployed), queueProperties(expected), template).map((each) => ({
      ...each,
      deployed: each.deployed?.split('/').at(-1),
    })),
  ];
  if (found.length > 0 || template.covers(templateDocument(expected), templateDocument(deployed))) return found;
  // The states differ, but no setting of the config does.
  return [
    {
      property: 'state machine',
      deployed: 'of another version of this package, or changed by hand',
      isWhole: true,
    },
  ];
}
