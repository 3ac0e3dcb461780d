/** The calls to main for screens; see `api.ts`. */
export { call } from '../api';
