/** The kinds of service boards Deskbell can be connected to. Apart from the schemas: the start path needs no more. */
export const BOARD_KINDS = ['practice', 'boardApi', 'rt', 'email'] as const;
