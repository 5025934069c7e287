import type { JobDefinition } from '@aws-sdk/client-batch';
import { readContainerProperties } from '../../../modules/compute/container-properties';
import type { Properties } from './properties';
import { type MountingContainer, volumesOf, volumeText } from './volumes';

/** The properties of a container that both AWS and Terraform JSON have, by the same names. */
interface Container extends MountingContainer {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name?: string; readonly value?: string }[];
  readonly secrets?: readonly { readonly name?: string; readonly valueFrom?: string }[];
  readonly resourceRequirements?: readonly { readonly type?: string; readonly value?: string }[];
  readonly logConfiguration?: { readonly logDriver?: string; readonly options?: { readonly [key: string]: string } };
  readonly linuxParameters?: MountingContainer['linuxParameters'] & { readonly initProcessEnabled?: boolean };
}

/** Where a requirement comes from in the config. */
const REQUIREMENTS: { readonly [type: string]: string } = {
  VCPU: 'resources.cpu',
  MEMORY: 'resources.memory',
  GPU: 'resources.gpu',
};

/** The properties of a deployed definition, in the words of the config. */
export function definitionProperties({ containerProperties, retryStrategy }: JobDefinition): Properties {
  return {
    ...containerOf((containerProperties ?? {}) as Container),
    'retryConfig.spotInterruption': restarts(retryStrategy?.attempts),
  };
}

/** The properties of the definition that the config would deploy: strings can contain references of Terraform. */
export function expectedProperties(definition: { readonly [argument: string]: unknown }): Properties {
  const { container_properties: json, retry_strategy: retry } = definition;
  const { attempts } = (Array.isArray(retry) ? retry[0] : retry) ?? {};
  return {
    ...containerOf(readContainerProperties(json) ?? {}),
    'retryConfig.spotInterruption': restarts(attempts),
  };
}

/** The variables of a deployed definition, with their values. */
export function definitionVariables({ containerProperties }: JobDefinition): Properties {
  return variablesOf((containerProperties ?? {}) as Container);
}

/** The variables of the definition that the config would deploy. */
export function expectedVariables({
  container_properties: json,
}: {
  readonly [argument: string]: unknown;
}): Properties {
  return variablesOf(readContainerProperties(json) ?? {});
}

/** Values of both kinds of variables, because one can become the other. */
function variablesOf({ environment = [], secrets = [] }: Container): Properties {
  return Object.fromEntries([
    ...environment.map(({ name, value = '' }) => [`environment ${name}`, value]),
    ...secrets.map(({ name, valueFrom = '' }) => [`environment ${name}`, `secret ${valueFrom}`]),
  ]);
}

function containerOf(container: Container): Properties {
  const { image, command = [], resourceRequirements = [], logConfiguration } = container;
  const { options } = logConfiguration ?? {};
  return {
    image,
    command: command.length === 0 ? undefined : JSON.stringify(command),
    ...Object.fromEntries(
      resourceRequirements.map(({ type = '', value }) => [
        REQUIREMENTS[type] ?? type,
        value && String(Number(value) || value),
      ]),
    ),
    logging: logConfiguration?.logDriver === 'awslogs' ? options?.['awslogs-group'] : logConfiguration?.logDriver,
    ...Object.fromEntries(volumesOf(container).map((volume) => [`volume ${volume.path}`, volumeText(volume)])),
    'init process': container.linuxParameters?.initProcessEnabled ? 'enabled' : undefined,
  };
}

/** AWS Batch's own attempts are the restarts after Spot interruptions and the first start. */
function restarts(attempts: unknown): string | undefined {
  return typeof attempts === 'number' && attempts > 1 ? `${attempts - 1} free restarts` : undefined;
}
