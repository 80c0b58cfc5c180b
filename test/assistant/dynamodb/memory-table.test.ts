import { memoryTable } from './memory-table.ts';
import { describeTable } from './table-spec.ts';

describeTable('a table in memory', async (clock) => memoryTable(clock));
