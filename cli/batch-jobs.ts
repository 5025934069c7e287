#!/usr/bin/env node
import { runCommandLine } from './command-line';

runCommandLine(process.argv.slice(2));
