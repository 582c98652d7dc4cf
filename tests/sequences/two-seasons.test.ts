import { testSequences } from './test-sequences.ts';

testSequences(2, (number) => number % 3 === 2);
