import { text } from '../config/checked';

/** Id of a security group. */
export const securityGroupId = text({
  pattern: /^sg-[0-9a-f]{8,17}$/,
  orDirective: true,
  accepted: 'the ID of a security group, such as sg-0123456789abcdef0',
  fix: 'copy the ID from the console',
});
