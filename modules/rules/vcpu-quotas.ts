/** A quota of EC2 for the vCPUs that an account runs at once in a region. */
export interface VcpuQuota {
  /** Its code in Service Quotas, for the service `ec2`. */
  readonly code: string;
  readonly name: string;
}

/**
 * Quotas of EC2 by the letters that a family's name begins with: on-demand, then Spot. New accounts often have 0 for all but the standard
 * families.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-quotas.html
 */
const QUOTAS: { readonly [letters: string]: readonly [onDemand: VcpuQuota, spot: VcpuQuota] } = {
  g: [
    quota('L-DB2E81BA', 'Running On-Demand G and VT instances'),
    quota('L-3819A6DF', 'All G and VT Spot Instance Requests'),
  ],
  p: [
    quota('L-417A185B', 'Running On-Demand P instances'),
    quota('L-7212CCBC', 'All P4, P3 and P2 Spot Instance Requests'),
  ],
  p5: [quota('L-417A185B', 'Running On-Demand P instances'), quota('L-C4BD4855', 'All P5 Spot Instance Requests')],
  x: [quota('L-7295265B', 'Running On-Demand X instances'), quota('L-E3A00192', 'All X Spot Instance Requests')],
};

/** Families with quotas that are not listed here, because few jobs run on them or none can. */
const UNLISTED = /^(?:dl|f|hpc|inf|mac|trn|u)(?=[\d-])/;

/** For all other families, and for the lists of AWS Batch such as `default_x86_64`. */
const STANDARD: readonly [onDemand: VcpuQuota, spot: VcpuQuota] = [
  quota('L-1216C47A', 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances'),
  quota('L-34B43A08', 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests'),
];

/**
 * The quotas that apply to some instance types, families, or names such as `default_x86_64`. Each is in the list once. Empty if one of them
 * is unknown here.
 */
export function vcpuQuotas(instanceTypes: readonly string[], spot: boolean): VcpuQuota[] {
  if (instanceTypes.some((type) => UNLISTED.test(type))) return [];
  const quotas = instanceTypes.map((type) => {
    const pair = QUOTAS[kindOf(type)] ?? STANDARD;
    return spot ? pair[1] : pair[0];
  });
  return [...new Map(quotas.map((item) => [item.code, item])).values()];
}

function kindOf(type: string): string {
  if (/^p5/.test(type)) return 'p5';
  const [letters = ''] = /^[a-z]+(?=\d)/.exec(type) ?? [];
  return letters === 'gr' || letters === 'vt' ? 'g' : letters;
}

function quota(code: string, name: string): VcpuQuota {
  return { code, name };
}
