import { runProgram } from './local/program';

runProgram(process.argv.slice(2));
