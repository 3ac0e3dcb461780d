import { describeConformance } from '../conformance';
import { requestTracker } from './rt-board';

describeConformance(requestTracker(300));
