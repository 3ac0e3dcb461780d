import { describeConformance } from '../conformance';
import { PRACTICE } from './practice-board';

describeConformance(PRACTICE);
