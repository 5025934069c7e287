import { beside, type StacktapeType } from '../../config/stacktape';

/** What Stacktape's HTTP APIs have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    accessLogs: 'remove it: access logs are on. logging has their settings',
    customDomains: beside('aws_apigatewayv2_domain_name', 'aws_apigatewayv2_api_mapping'),
  },
};
