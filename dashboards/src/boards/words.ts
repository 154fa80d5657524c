/** Said of every exact total. */
export const IN_RANGE = 'In the time range above, exact.';

/** Said of everything that is drawn from `rate()`. */
export const SHAPE = 'Drawn from rate(): the shape is right, but it extrapolates and does not add up to the totals.';
