/** The arguments that lay these settings over the files before them, by keys such as `receivers::otlp::protocols`. */
export function inlineConfig(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([key, value]) => ['--config', `yaml:${key}: ${value}`]);
}
