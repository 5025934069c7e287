#!/usr/bin/env node
import './command/compile-cache';
import { runCommandLine } from './command-line';

runCommandLine(process.argv.slice(2));
