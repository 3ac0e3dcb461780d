import type { Handler } from './operation';
import type { Operations } from './operations';

/** A handler for every operation: one that is missing does not compile. */
export type Handlers = { readonly [Name in keyof Operations]: Handler<Operations[Name]> };
