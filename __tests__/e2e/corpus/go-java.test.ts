import { describeProjects } from './corpus';

describeProjects('go', 'java');
