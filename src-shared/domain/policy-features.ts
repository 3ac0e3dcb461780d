import type { Policy } from './policy';
import { FEATURES, type Feature } from './policy-keys';

/**
 * What is offered: everything that is not switched off. Other desks only where none is chosen, unless they are allowed. Apart
 * from the schemas: the start path needs no more.
 */
export function featuresOf({
  features = {},
  board,
}: Pick<Policy, 'features' | 'board'>): Record<Feature, boolean> {
  const offered = Object.fromEntries(FEATURES.map((one) => [one, features[one] ?? true]));
  const attachments = features.attachments ?? true;
  return {
    ...(offered as Record<Feature, boolean>),
    otherDesks: features.otherDesks ?? board === undefined,
    // A screenshot is a file that goes along.
    screenshots: attachments && (features.screenshots ?? true),
  };
}
