import { describeProjects } from './corpus';

describeProjects('js');
