import { synthesize } from 'cdktf-batch-jobs';

// What `npm run synth` and `cdktf synth` run. To add your own constructs: synthesize((stack) => { new SnsTopic(stack, ...); });
synthesize();
