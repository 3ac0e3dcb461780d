import { describeDelivery } from '../delivery';
import { requestTracker } from './rt-board';

describeDelivery(requestTracker(6_000));
