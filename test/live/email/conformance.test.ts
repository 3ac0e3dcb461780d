import { describeConformance } from '../conformance';
import { describeDelivery } from '../delivery';
import { MAILBOX } from './email-board';

describeConformance(MAILBOX);
describeDelivery(MAILBOX);
