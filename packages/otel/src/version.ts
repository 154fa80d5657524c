/** The version of this package, as telemetry tells it. */
export const VERSION = '0.1.0';
