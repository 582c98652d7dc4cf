import { testSequences } from './test-sequences.ts';

testSequences(1, (number) => number % 3 !== 2);
