/** vCPUs of the largest instance. */
export const MOST_VCPUS = 448;

/** The CPU units of ECS and Fargate tasks: 1,024 are one vCPU. */
const TASK_UNITS: readonly number[] = [256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

/** The vCPUs to write instead of ECS CPU units or Kubernetes millicores, or undefined for any other number. */
export function cpuUnitsMeant(cpu: number): string | undefined {
  const isUnits = TASK_UNITS.includes(cpu) || (cpu > MOST_VCPUS && cpu % 128 === 0);
  const [units, name] = isUnits ? [1024, 'ECS CPU units'] : [1000, 'Kubernetes millicores'];
  if (!isUnits && !(cpu >= 500 && cpu % 100 === 0)) return undefined;
  const vcpus = Math.max(1, Math.ceil(cpu / units));
  return `${cpu} ${name} are ${cpu / units} vCPU: write ${vcpus}${cpu % units === 0 ? '' : ', the next whole number'}`;
}
