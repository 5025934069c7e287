import { TerraformResource } from 'cdktf';
import { HOURS_A_MONTH } from '../../modules/rules/prices';
import { SERVICE_PRICES } from '../../modules/rules/service-prices';
import type { BatchJobsStack } from '../../modules/stack';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import { monthlyText } from '../model/price-text';

/** The price of the endpoint by which functions in public subnets read secrets, and what there is instead. No other part of such a network has one. */
export function endpointHints({ vpc }: Pick<ResolvedConfig, 'vpc'>, stack: BatchJobsStack) {
  if (vpc.privateSubnets === true || !stack.node.findAll().some(isInterfaceEndpoint)) return [];
  const { endpoint, natGateway, address } = SERVICE_PRICES;
  const perMonth = (...prices: { readonly dollars: number }[]) =>
    monthlyText(prices.reduce((sum, { dollars }) => sum + dollars, 0) * HOURS_A_MONTH);
  const message =
    `functions in it read their secrets through an endpoint of AWS Secrets Manager, ${perMonth(endpoint)} per month. With ` +
    `privateSubnets: true, they reach all services and the internet, for ${perMonth(natGateway, address)} instead`;
  return [{ property: 'vpc', message }];
}

function isInterfaceEndpoint(part: unknown): boolean {
  return (
    part instanceof TerraformResource &&
    part.terraformResourceType === 'aws_vpc_endpoint' &&
    'vpcEndpointTypeInput' in part &&
    part.vpcEndpointTypeInput === 'Interface'
  );
}
