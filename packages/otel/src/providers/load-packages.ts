import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Loads a package of the app's; undefined where it is not installed or does not load. */
export type LoadPackage = (name: string) => object | undefined;

/** Where the app's packages are looked for: beside its main module, in its working directory, beside ourselves. */
export function appPlaces(): string[] {
  const main = process.argv[1];
  const here = [join(process.cwd(), 'package.json'), import.meta.url];
  return main === undefined ? here : [main, ...here];
}

/**
 * Loads packages from the first of `places` that has them. The copies that `@opentelemetry/sdk-node` itself depends on
 * come first: they fit each other, and are the ones that the app would load.
 */
export function packageLoader(places: readonly string[], failed: (name: string, error: unknown) => void): LoadPackage {
  const requires = places.flatMap((place) => {
    const require = createRequire(place);
    const sdk = resolved(require, '@opentelemetry/sdk-node');
    return sdk === undefined ? [require] : [createRequire(sdk), require];
  });
  return (name) => {
    for (const require of requires) {
      const file = resolved(require, name);
      if (file === undefined) continue;
      try {
        return require(file) as object;
      } catch (error) {
        failed(name, error);
        return undefined;
      }
    }
    return undefined;
  };
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
