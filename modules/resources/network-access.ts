import { text } from '../config/checked';
import { SECURITY_GROUP_ID } from '../rules/instance-launch';

/** Id of a security group. */
export const securityGroupId = text({
  pattern: SECURITY_GROUP_ID,
  orDirective: true,
  accepted: 'the ID of a security group, such as sg-0123456789abcdef0',
  fix: 'copy the ID from the console',
});

/** The one mode of Stacktape in which a database accepts connections here. Its other modes let in a network, or everybody. */
export const connectedOnly = text({
  pattern: /^scoping-workloads-in-vpc$/,
  accepted: 'scoping-workloads-in-vpc: other ways in are not part of this project',
  fix: 'write scoping-workloads-in-vpc, and name it in connectTo of each job that uses it',
});
