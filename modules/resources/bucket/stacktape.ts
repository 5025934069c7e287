import type { StacktapeType } from '../../config/stacktape';

/** What Stacktape's buckets have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    directoryUpload: 'remove it, and run aws s3 sync after each deployment',
    autoSync: 'remove it, and run aws s3 sync after each deployment',
    enableEventBusNotifications:
      'remove it: a bucket with an s3 event sends its events to EventBridge. For others: aws_s3_bucket_notification in Terraform',
  },
};
